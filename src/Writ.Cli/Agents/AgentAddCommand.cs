using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent add</c>: registers an agent and shows its key, once.</summary>
internal static class AgentAddCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "What people call it; unique in the organization." };
        var environment = new Option<string>("--environment")
        {
            Description = "Where it runs: development, staging, production, or your own word.", DefaultValueFactory = _ => "development",
        };
        var grants = new Option<string[]>("--grant")
        {
            Description = "A tool it may be allowed to call: server/tool, or server/* for all of a server's. Repeat for more; without one it may call nothing.",
            HelpName = "SERVER/TOOL", AllowMultipleArgumentsPerToken = true,
        };
        var version = Text("--agent-version", "VERSION", "The version its records name. Default 1.");
        var model = Text("--model", "MODEL", "The model it runs on.");
        var team = Text("--team", "TEAM", "The team it belongs to.");
        var owner = Text("--owner", "PERSON", "Who answers for it. Default: you.");
        var backup = Text("--backup-owner", "PERSON", "Who answers when the owner cannot.");
        var domain = Text("--domain", "DOMAIN", "The business domain it works in.");
        var visibility = Text("--visibility", "WHO", "Who sees it: personal, team, organization or global.").AcceptOnly("personal", "team", "organization", "global");
        var risk = Number("--risk", "Risk class, 0 (negligible) to 4.", 4);
        var autonomy = Number("--autonomy", "Autonomy, 0 (suggests only) to 4 (acts unattended).", 4);
        var ring = Number("--ring", "Execution ring, 0 (privileged) to 3 (sandbox).", 3);
        var (calls, usd) = (CeilingFlags.Calls(), CeilingFlags.Usd());
        var draft = new Option<bool>("--draft") { Description = "Register only; activate it later." };
        var command = new Verb("add", "Register an agent and show its key. The key is shown this once: keep it where the agent finds it.",
            "writ agent add support-agent --grant 'support-desk/*' --model claude-sonnet-4-5",
            "writ agent add nightly --grant crm/get_customer --json | jq -r .key > nightly.key")
        {
            name, environment, grants, version, model, team, owner, backup, domain, visibility, risk, autonomy, ring, calls, usd, draft,
        };

        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject
            {
                ["name"] = call.Parse.GetRequiredValue(name),
                ["environment"] = call.Parse.GetRequiredValue(environment),
                ["grants"] = new JsonArray([.. (call.Parse.GetValue(grants) ?? []).Select(g => (JsonNode)g)]),
                ["activate"] = !call.Parse.GetValue(draft),
            };
            foreach (var (member, option) in new[] { ("version", version), ("model", model), ("team", team), ("owner", owner), ("backup_owner", backup), ("domain", domain), ("visibility", visibility) })
            {
                if (call.Parse.GetValue(option) is { } text)
                    body[member] = text;
            }

            foreach (var (member, option) in new[] { ("risk", risk), ("autonomy", autonomy), ("ring", ring) })
            {
                if (call.Parse.GetValue(option) is { } number)
                    body[member] = number;
            }

            if (CeilingFlags.Read(call.Parse, calls, usd) is { } ceiling)
                body["task_ceiling"] = ceiling;
            return call.Show(await call.Api.PostAsync("/v1/agents", body, ApiJson.Default.AgentAnswer, cancellation), answer => Show(call, answer));
        });
        return command;
    }

    private static void Show(ApiCall call, AgentAnswer answer)
    {
        var agent = answer.Agent;
        call.Screen.Line($"registered {InertText.Of(agent.Name)}", Look.Strong);
        call.Screen.Facts(
        [
            ("id", InertText.Of(agent.Id)),
            ("lifecycle", InertText.Of(agent.Lifecycle)),
            ("grants", agent.Grants.Count == 0 ? "none: it may call nothing" : InertText.Of(string.Join(", ", agent.Grants))),
            ("key", InertText.Of(answer.Key ?? "none")),
            .. answer.ExpiresAt is { } expires ? [("expires", Instant.Of(expires))] : Array.Empty<(string, string)>(),
        ]);
        if (answer.Key is not null)
            call.Screen.Note("The key is not shown again. The agent sends it as: Authorization: Bearer <key>");
    }

    private static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    private static Option<string?> AcceptOnly(this Option<string?> option, params string[] values) => (Option<string?>)option.AcceptOnlyFromAmong(values);

    private static Option<int?> Number(string name, string description, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && (number < 0 || number > most))
                result.AddError($"{name} is 0 to {most}, not {number}");
        });
        return option;
    }
}
