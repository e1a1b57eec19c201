using System.CommandLine;
using System.Globalization;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent trust</c>.</summary>
internal static class AgentTrustCommand
{
    public static Command Create(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "The agent's name or id." };
        var command = new Verb("trust", "Show how far an agent is trusted, by what Writ itself saw of it, and what speaks against it.", "writ agent trust support-agent") { agent };
        session.RunAgainstServer(command, async (call, cancellation) =>
            await AgentNames.FindAsync(call, call.Parse.GetRequiredValue(agent), cancellation) switch
            {
                ApiResult<AgentView>.Ok { Value: var found } => call.Show(
                    await call.Api.GetAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}/trust", ApiJson.Default.TrustView, cancellation), trust => Show(call.Screen, trust)),
                ApiResult<AgentView>.Failed missed => call.Screen.Fail(missed.Trouble),
                _ => throw new InvalidOperationException(),
            });
        return command;
    }

    private static void Show(Screen screen, TrustView trust)
    {
        screen.Line($"{InertText.Of(trust.Name, 80)} stands at {trust.Score.ToString(CultureInfo.InvariantCulture)} of 1000: {trust.Tier}");
        screen.Table(
            ["RESPECT", "VALUE", "FOR", "AGAINST", "NEWEST DECISION AGAINST"],
            trust.Vector.Select(respect => new[]
            {
                respect.Respect,
                (respect.For is null ? "at most " : "") + respect.Value.ToString(CultureInfo.InvariantCulture),
                respect.For?.ToString(CultureInfo.InvariantCulture) ?? "",
                respect.Against?.ToString(CultureInfo.InvariantCulture) ?? "",
                respect.Evidence is [.., var newest] ? newest : "",
            }));
    }
}
