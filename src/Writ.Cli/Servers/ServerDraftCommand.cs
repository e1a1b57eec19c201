using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;

namespace Writ.Cli.Servers;

/// <summary><c>writ server draft</c>: makes of a <c>server.json</c>, as the MCP registry has it, what <c>writ server add</c> takes. Needs no server.</summary>
internal static class ServerDraftCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file") { Description = "A server.json." };
        var command = new Verb("draft", "Make of a server.json, as the MCP registry has it, a file to look at, complete and register. Nothing in it is believed, and no tool of it may be called.",
            "writ server draft server.json > crm.json", "writ server add crm.json") { file };
        session.Run(command, async (parse, screen, _) =>
        {
            await Task.Yield();
            if (JsonFile.Read(parse.GetRequiredValue(file), out var unread) is not { } json)
                return screen.Fail(unread!);
            if (ServerDraft.Read(json, out var obstacle) is not { } draft)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{parse.GetRequiredValue(file)}: {obstacle}"));
            if (screen.Json)
                screen.Document(draft.Body);
            else
                screen.Line(draft.Body.ToJsonString(new() { WriteIndented = true }));
            foreach (var note in draft.Notes)
                screen.Note(InertText.Of(note));
            return ExitCode.Done;
        });
        return command;
    }
}
