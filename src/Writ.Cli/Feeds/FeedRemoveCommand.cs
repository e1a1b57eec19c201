using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Feeds;

/// <summary><c>writ feed remove</c>: nothing goes out by a feed any more.</summary>
internal static class FeedRemoveCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The feed's name." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("remove", "Send nothing by a feed any more.", "writ feed remove siem --reason 'moved to siem-2'") { name, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var removed = call.Parse.GetRequiredValue(name);
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            return call.Show(
                await call.Api.PostAsync($"/v1/feeds/{Uri.EscapeDataString(removed)}/remove", body, ApiJson.Default.FeedList, cancellation),
                left => call.Screen.Line($"{InertText.Of(removed)} sends nothing any more; {left.Feeds.Count} left"));
        });
        return command;
    }
}
