using System.CommandLine;
using System.Globalization;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent audit</c>: what an agent holds and does not use. Ends with 1 where something was found.</summary>
internal static class AgentAuditCommand
{
    public static Command Create(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "Its name or id." };
        var command = new Verb("audit", "Compare what an agent holds with what it used: grants and keys unused for 30 days, grants wider than what was called, and the least that would do. Ends with 1 where something was found.",
            "writ agent audit support-agent", "writ agent audit support-agent --json | jq .proposed") { agent };
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found =>
        {
            var answer = await call.Api.GetAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}/audit", ApiJson.Default.AuditView, cancellation);
            var exit = call.Show(answer, audit => Show(call.Screen, audit));
            return exit == ExitCode.Done && answer is ApiResult<AuditView>.Ok { Value: var shown } && HasFindings(shown) ? ExitCode.No : exit;
        }, cancellation));
        return command;
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
                string.Join(", ", grant.ToolsUsed), string.Join(", ", grant.Findings),
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
