using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Points;

/// <summary><c>writ point remove</c>: a decision point is not asked any more.</summary>
internal static class PointRemoveCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The point's name." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("remove", "Ask a decision point no more: what it alone refused is permitted from the next decision on.",
            "writ point remove opa --reason 'replaced by opa-2'") { name, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var removed = call.Parse.GetRequiredValue(name);
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            return call.Show(
                await call.Api.PostAsync($"/v1/decision-points/{Uri.EscapeDataString(removed)}/remove", body, ApiJson.Default.PointList, cancellation),
                left => call.Screen.Line($"{InertText.Of(removed)} is not asked any more; {left.Points.Count} left"));
        });
        return command;
    }
}
