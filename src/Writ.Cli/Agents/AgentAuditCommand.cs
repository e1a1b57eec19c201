using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent audit</c>: what an agent holds and does not use. Ends with 1 where something was found.</summary>
internal static class AgentAuditCommand
{
    public static Command Create(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "Its name or id." };
        var stage = new Option<string?>("--stage") { Description = "Take away what would not be needed, for this reason: in 7 days, but for what a permitted call needs until then.", HelpName = "REASON" };
        var command = new Verb("audit", "Compare what an agent holds with what it used: grants and keys unused for 30 days, grants wider than what was called, and the least that would do. Ends with 1 where something was found.",
            "writ agent audit support-agent", "writ agent audit support-agent --json | jq .proposed", "writ agent audit support-agent --stage 'quarterly clean-up'") { agent, stage };
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found =>
        {
            var answer = await call.Api.GetAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}/audit", ApiJson.Default.AuditView, cancellation);
            var exit = call.Show(answer, audit => Show(call.Screen, audit));
            if (exit == ExitCode.Done && call.Parse.GetValue(stage) is { } reason && answer is ApiResult<AuditView>.Ok { Value.Proposed: var keep })
                return await StageAsync(call, found.Id, keep, reason, cancellation);
            return exit == ExitCode.Done && answer is ApiResult<AuditView>.Ok { Value: var shown } && HasFindings(shown) ? ExitCode.No : exit;
        }, cancellation));
        return command;
    }

    private static async Task<ExitCode> StageAsync(ApiCall call, string agent, IReadOnlyList<string> keep, string reason, CancellationToken cancellation)
    {
        var body = new JsonObject { ["keep"] = new JsonArray([.. keep.Select(grant => (JsonNode)grant)]), ["reason"] = reason };
        return call.Show(await call.Api.PostAsync($"/v1/agents/{Uri.EscapeDataString(agent)}/grants/stage", body, ApiJson.Default.AgentAnswer, cancellation), _ =>
            call.Screen.Note("What is not needed leaves in 7 days. A permitted call that needs it keeps it; the records say so."));
    }

    private static bool HasFindings(AuditView audit) => audit.Grants.Any(grant => grant.Findings.Count > 0) || audit.Credentials.Any(key => key.Findings.Count > 0);

    private static void Show(Screen screen, AuditView audit)
    {
        screen.Table(
            ["GRANT", "LAST USED", "DAYS OF 30", "CALLS", "AMOUNTS", "TOOLS USED", "FOUND"],
            audit.Grants.Select(grant => new[]
            {
                grant.Grant, Used(grant.LastUsed), Number(grant.DaysUsed), Number(grant.Calls),
                grant.LeastAmount is null ? "" : grant.LeastAmount == grant.MostAmount ? grant.LeastAmount : $"{grant.LeastAmount} to {grant.MostAmount}",
                string.Join(", ", grant.ToolsUsed), string.Join(", ", grant.LeavesAt is { } leaves ? [.. grant.Findings, $"leaves {Instant.Of(leaves)}"] : grant.Findings),
            }.Select(cell => InertText.Of(cell, 80)).ToArray()));
        screen.Line();
        screen.Table(
            ["KEY", "LAST USED", "CALLS", "FOUND"],
            audit.Credentials.Select(key => new[] { key.KeyId, Used(key.LastUsed), Number(key.Calls), string.Join(", ", key.Findings) }.Select(cell => InertText.Of(cell, 80)).ToArray()));
        screen.Line();
        screen.Facts(
        [
            ("would do", audit.Proposed.Count == 0 ? "no grant at all" : InertText.Of(string.Join(", ", audit.Proposed))),
            .. audit.Since is { } since ? [("records since", Instant.Of(since))] : Array.Empty<(string, string)>(),
        ]);
    }

    private static string Used(DateTimeOffset? at) => at is { } used ? Instant.Of(used) : "never";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
