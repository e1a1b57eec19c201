using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent share</c> and <c>writ agent visibility</c>: who may ask an agent to work besides its owners, and who finds it.</summary>
internal static class AgentShareCommand
{
    public static Command Create(Session session) => new Verb("share", "Let others ask an agent to work: its owner offers, they accept, and either takes it back.")
    {
        Offer(session),
        Answer(session, "accept", "Accept what was offered to you, to your team or, as security, to the organization.", "writ agent share accept support-agent 0199…"),
        Withdraw(session),
        List(session),
    };

    public static Command Visibility(Session session)
    {
        var who = new Argument<string>("who") { Description = "personal, team, organization or global." };
        who.AcceptOnlyFromAmong("personal", "team", "organization", "global");
        var (agent, reason) = (AgentArgument(), Reason());
        var command = new Verb("visibility", "Say who finds an agent. Who may ask it to work is another question: `writ agent share`.", "writ agent visibility support-agent team --reason 'the team runs it'") { agent, who, reason };
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found => call.Show(
            await call.Api.PutAsync(
                $"/v1/agents/{Uri.EscapeDataString(found.Id)}/visibility", new JsonObject { ["visibility"] = call.Parse.GetRequiredValue(who), ["reason"] = call.Parse.GetRequiredValue(reason) },
                ApiJson.Default.AgentAnswer, cancellation),
            a => call.Screen.Line(InertText.Of($"{a.Agent.Name} is found by: {a.Agent.Visibility}"))), cancellation));
        return command;
    }

    private static Verb Offer(Session session)
    {
        var who = new Argument<string>("who") { Description = "person/NAME, team/NAME, agent/ID or organization." };
        var right = new Option<string>("--right") { Description = "What for: invoke (ask it to work) or clone (copy it).", DefaultValueFactory = _ => "invoke" };
        right.AcceptOnlyFromAmong("invoke", "clone");
        var skills = new Option<string[]>("--skill") { Description = "A skill of its card that they may ask for; repeat for more. Default: all of its work.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var days = new Option<int>("--days") { Description = "For how many days, 1 to 366.", DefaultValueFactory = _ => 90, HelpName = "N" };
        var (agent, reason) = (AgentArgument(), Reason());
        var command = new Verb("offer", "Offer that somebody may ask an agent to work. It holds once they accept.", "writ agent share offer support-agent team/billing --days 30 --reason 'quarter end'") { agent, who, days, right, skills, reason };
        session.RunAgainstServer(command, (call, cancellation) =>
        {
            var body = new JsonObject { ["who"] = call.Parse.GetRequiredValue(who), ["days"] = call.Parse.GetValue(days), ["reason"] = call.Parse.GetRequiredValue(reason) };
            if (call.Parse.GetValue(right) is { } asked && asked != "invoke")
                body["right"] = asked;
            if (call.Parse.GetValue(skills) is { Length: > 0 } some)
                body["skills"] = new JsonArray([.. some.Select(skill => (JsonNode)skill)]);
            return SendAsync(call, agent, "", body, cancellation);
        });
        return command;
    }

    private static Verb Withdraw(Session session)
    {
        var (agent, id, reason) = (AgentArgument(), ConsentArgument(), Reason());
        var command = new Verb("withdraw", "Take a consent back: work that rests on it stops with the next call.", "writ agent share withdraw support-agent 0199… --reason 'quarter is over'") { agent, id, reason };
        session.RunAgainstServer(command, (call, cancellation) => SendAsync(
            call, agent, $"/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/withdraw", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, cancellation));
        return command;
    }

    private static Verb Answer(Session session, string verb, string description, string example)
    {
        var (agent, id) = (AgentArgument(), ConsentArgument());
        var command = new Verb(verb, description, example) { agent, id };
        session.RunAgainstServer(command, (call, cancellation) => SendAsync(call, agent, $"/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/{verb}", null, cancellation));
        return command;
    }

    private static Verb List(Session session)
    {
        var agent = AgentArgument();
        var command = new Verb("list", "List who may ask an agent to work besides its owners and their team.", "writ agent share list support-agent") { agent };
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found => call.Show(
            await call.Api.GetAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}", ApiJson.Default.AgentAnswer, cancellation), a => Show(call.Screen, a.Agent)), cancellation));
        return command;
    }

    private static Task<ExitCode> SendAsync(ApiCall call, Argument<string> agent, string path, JsonObject? body, CancellationToken cancellation) => AgentNames.WithAsync(call, agent, async found => call.Show(
        await call.Api.PostAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}/consents{path}", body, ApiJson.Default.AgentAnswer, cancellation), a => Show(call.Screen, a.Agent)), cancellation);

    private static void Show(Screen screen, AgentView agent)
    {
        if (agent.Consents is not { Count: > 0 } consents)
            screen.Line($"nobody besides its owners and their team may ask {InertText.Of(agent.Name)} to work");
        else
            screen.Table(
                ["WHO", "FOR", "UNTIL", "OFFERED BY", "ACCEPTED BY", "ID"],
                consents.Select(c => new[] { InertText.Of(c.Who), InertText.Of(c.Skills is { Count: > 0 } skills ? $"{c.Right}: {string.Join(", ", skills)}" : c.Right), Instant.Of(c.ExpiresAt), InertText.Of(c.By ?? "Writ"), InertText.Of(c.AcceptedBy ?? "nobody yet"), InertText.Of(c.Id) }).ToArray());
    }

    private static Argument<string> AgentArgument() => new("agent") { Description = "Its name or id." };

    private static Argument<string> ConsentArgument() => new("id") { Description = "The consent, as `writ agent share list` shows it." };

    private static Option<string> Reason() => new("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
}
