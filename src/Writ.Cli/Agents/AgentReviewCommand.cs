using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent review</c> and <c>writ agent reviews</c>: what people look at again from time to time.</summary>
internal static class AgentReviewCommand
{
    private static readonly string[] Kinds = ["permissions", "instructions", "tools"];

    public static Command Attest(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "Its name or id." };
        var kinds = new Argument<string[]>("what") { Description = "permissions, instructions, tools: what you looked at.", Arity = ArgumentArity.OneOrMore };
        kinds.AcceptOnlyFromAmong(Kinds);
        var note = new Option<string>("--note") { Description = "What you say of it; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("review", "Attest that you looked at what an agent may do, is told to do, or at how its tools describe themselves, and found it right.",
            "writ agent review support-agent permissions --note 'refunds still needed for the returns desk'") { agent, kinds, note };
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found => call.Show(
            await call.Api.PostAsync(
                $"/v1/agents/{Uri.EscapeDataString(found.Id)}/reviews",
                new JsonObject { ["reviews"] = new JsonArray([.. call.Parse.GetRequiredValue(kinds).Distinct().Select(kind => (JsonNode)kind)]), ["note"] = call.Parse.GetRequiredValue(note) },
                ApiJson.Default.ReviewList, cancellation),
            list => Show(call.Screen, list)), cancellation));
        return command;
    }

    public static Command List(Session session)
    {
        var overdue = new Option<bool>("--overdue") { Description = "Those alone that should have been by now." };
        var command = new Verb("reviews", "List when agents are to be looked at again. Ends with 1 where something is overdue: a nightly job notices.", "writ agent reviews --overdue") { overdue };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var answer = await call.Api.GetAsync(call.Parse.GetValue(overdue) ? "/v1/reviews?overdue=true" : "/v1/reviews", ApiJson.Default.ReviewList, cancellation);
            var exit = call.Show(answer, list => Show(call.Screen, list));
            return exit == ExitCode.Done && answer is ApiResult<ReviewList>.Ok { Value: var shown } && shown.Reviews.Any(review => review.Overdue) ? ExitCode.No : exit;
        });
        return command;
    }

    private static void Show(Screen screen, ReviewList list)
    {
        if (list.Reviews.Count == 0)
            screen.Line("nothing is to be reviewed");
        else
            screen.Table(
                ["AGENT", "WHAT", "DUE", "SUSPENDED", "LAST REVIEW", "SINCE THEN"],
                list.Reviews.Select(review => new[]
                {
                    review.Name, review.Review, review.Overdue ? $"overdue since {Instant.Of(review.DueAt)}" : Instant.Of(review.DueAt), review.SuspendsAt is { } at ? Instant.Of(at) : "",
                    review.ReviewedAt is { } last ? $"{Instant.Of(last)} by {review.ReviewedBy}" : "never", review.ReviewedAt is null ? "" : review.ChangedSince ? "changed" : "as it was",
                }.Select(cell => InertText.Of(cell)).ToArray()));
    }
}
