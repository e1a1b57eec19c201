using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent version</c>: what an agent is made of, and which version of it acts.</summary>
internal static class AgentVersionCommand
{
    public static Command Create(Session session) => new Verb("version", "Register versions of an agent, and say which is deployed. A version never changes.")
    {
        Add(session),
        Deploy(session),
        List(session),
    };

    private static Verb Add(Session session)
    {
        var agent = AgentArgument();
        var name = new Argument<string>("version") { Description = "What to call it; never used again for this agent." };
        var model = new Option<string?>("--model") { Description = "The dated model. Default: the model it runs on now.", HelpName = "MODEL" };
        var provider = new Option<string?>("--provider") { Description = "Who serves the model.", HelpName = "NAME" };
        var prompt = new Option<string?>("--prompt") { Description = "The file with its prompt. Only its SHA-256 leaves this machine.", HelpName = "FILE" };
        var number = new Option<int?>("--prompt-number") { Description = "Which prompt of its place that is.", HelpName = "N" };
        var parameters = Pairs("--parameter", "What the model is called with. Repeat for more.");
        var scores = Pairs("--score", "What it reached in an evaluation. Repeat for more.");
        var approval = new Option<string?>("--approval") { Description = "Under which approval it is released: a ticket, a review.", HelpName = "TEXT" };
        var deploy = new Option<string?>("--deploy") { Description = "Deploy it at once, for this reason.", HelpName = "REASON" };
        var command = new Verb("add", "Register a version: model, parameters, prompt, scores; the tools it is granted are named with their digests.",
            "writ agent version add support-agent 2026-07-31 --model claude-sonnet-4-5 --prompt prompt.md --parameter temperature=0.2 --score refunds=0.97 --deploy 'passed review 12'")
        {
            agent, name, model, provider, prompt, number, parameters, scores, approval, deploy,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["name"] = call.Parse.GetRequiredValue(name) };
            foreach (var (member, option) in new[] { ("model", model), ("provider", provider), ("approval", approval), ("deploy", deploy) })
            {
                if (call.Parse.GetValue(option) is { } text)
                    body[member] = text;
            }

            foreach (var (member, option) in new[] { ("parameters", parameters), ("scores", scores) })
                body[member] = new JsonObject((call.Parse.GetValue(option) ?? []).Select(pair => pair.Split('=', 2)).DistinctBy(pair => pair[0]).Select(pair => KeyValuePair.Create(pair[0], (JsonNode?)pair[1])));
            if (call.Parse.GetValue(number) is { } counted)
                body["prompt_number"] = counted;
            if (call.Parse.GetValue(prompt) is { } file)
            {
                try
                {
                    body["prompt_hash"] = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellation)));
                }
                catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
                {
                    return call.Screen.Fail(new Trouble(ExitCode.BadInput, $"the prompt {file} cannot be read: {unread.Message}"));
                }
            }

            return await SendAsync(call, call.Parse.GetRequiredValue(agent), "", body, cancellation);
        });
        return command;
    }

    private static Verb Deploy(Session session)
    {
        var agent = AgentArgument();
        var name = new Argument<string>("version") { Description = "The version." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("deploy", "Say that an agent is this version from now on: every decision names it.",
            "writ agent version deploy support-agent 2026-07-31 --reason 'passed review 12'") { agent, name, reason };
        session.RunAgainstServer(command, (call, cancellation) => SendAsync(
            call, call.Parse.GetRequiredValue(agent), $"/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/deploy", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, cancellation));
        return command;
    }

    private static Verb List(Session session)
    {
        var agent = AgentArgument();
        var command = new Verb("list", "List the versions of an agent.", "writ agent version list support-agent") { agent };
        session.RunAgainstServer(command, (call, cancellation) => SendAsync(call, call.Parse.GetRequiredValue(agent), "", null, cancellation));
        return command;
    }

    private static async Task<ExitCode> SendAsync(ApiCall call, string agent, string path, JsonObject? body, CancellationToken cancellation)
    {
        var named = await AgentNames.FindAsync(call, agent, cancellation);
        if (named is ApiResult<AgentView>.Failed missed)
            return call.Screen.Fail(missed.Trouble);
        var found = ((ApiResult<AgentView>.Ok)named).Value;
        var route = $"/v1/agents/{Uri.EscapeDataString(found.Id)}/versions{path}";
        return call.Show(
            body is null ? await call.Api.GetAsync(route, ApiJson.Default.VersionList, cancellation) : await call.Api.PostAsync(route, body, ApiJson.Default.VersionList, cancellation),
            list => Show(call.Screen, list));
    }

    private static void Show(Screen screen, VersionList list) => screen.Table(
        ["VERSION", "DEPLOYED", "MODEL", "PARAMETERS", "PROMPT", "TOOLS", "SCORES", "APPROVAL"],
        list.Versions.Select(version => new[]
        {
            version.Name,
            version.Name == list.Deployed ? "yes" : "",
            version.Provider is { } provider ? $"{provider}: {version.Model}" : version.Model,
            Pairs(version.Parameters),
            (version.PromptNumber is { } number ? number.ToString(CultureInfo.InvariantCulture) + " " : "") + (version.PromptHash is { Length: > 12 } hash ? hash[..12] + "…" : ""),
            version.Tools?.Count.ToString(CultureInfo.InvariantCulture) ?? "0",
            Pairs(version.Scores),
            version.Approval ?? "",
        }.Select(cell => InertText.Of(cell, 80)).ToArray()));

    private static string Pairs(IReadOnlyDictionary<string, string>? pairs) => pairs is null ? "" : string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    private static Argument<string> AgentArgument() => new("agent") { Description = "The agent's name or id." };

    private static Option<string[]> Pairs(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "NAME=VALUE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0) is { } wrong)
                result.AddError($"{name}: '{wrong.Value}' is not NAME=VALUE");
        });
        return option;
    }
}
