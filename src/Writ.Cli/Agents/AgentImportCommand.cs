using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent import</c>: makes drafts of a list of agents, all of them or none.</summary>
internal static class AgentImportCommand
{
    private const int MaxBytes = 8 << 20;

    public static Command Create(Session session)
    {
        var file = new Argument<string>("file") { Description = "JSON lines, one agent each, at most 10,000 and 8 MiB: name, environment, team, owner, backup_owner, version, model, domain, risk, autonomy, ring, claims." };
        var command = new Verb("import", "Make drafts of a list of agents, as `writ discover --drafts` writes it: all of them, or none and what is wrong with which line.",
            "writ agent import found.jsonl",
            """where found.jsonl holds lines such as {"name":"nightly","environment":"staging","owner":"kim"}""") { file };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            if (BytesFile.Read(call.Parse.GetRequiredValue(file), MaxBytes, out var trouble) is not { } list)
                return call.Screen.Fail(trouble!);
            call.Screen.Note($"sending {list.AsSpan().Count((byte)'\n') + (list is [.., not (byte)'\n'] ? 1 : 0)} lines, {list.Length / 1024 + 1} KiB …");
            return call.Show(await call.Api.PostLinesAsync("/v1/agents/import", list, ApiJson.Default.ImportAnswer, cancellation), answer =>
                call.Screen.Line($"{answer.Imported - answer.Known} drafts made{(answer.Known > 0 ? $", {answer.Known} were there from before" : "")}; see them with `writ agent list`"));
        });
        return command;
    }
}
