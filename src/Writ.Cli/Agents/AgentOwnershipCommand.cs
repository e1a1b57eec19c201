using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent transfer</c>, <c>accept</c>, <c>decline</c> and <c>backup-owner</c>: who answers for an agent.</summary>
internal static class AgentOwnershipCommand
{
    public static Command Transfer(Session session)
    {
        var to = new Argument<string>("person") { Description = "Who is to answer for it." };
        return Create(session, "transfer", "Ask somebody to answer for an agent: nothing changes until that person accepts, within 7 days.",
            "writ agent transfer support-agent kim --reason 'moved to the support team'", HttpMethod.Post, "transfer",
            (parse, body) => body["to"] = parse.GetRequiredValue(to), a => a.Agent.Offer is { } offer ? $"{offer.To} is asked to answer for {a.Agent.Name}" : $"{a.Agent.Name} is offered to nobody", to);
    }

    public static Command Accept(Session session)
    {
        var agent = AgentArgument();
        var command = new Verb("accept", "Answer for an agent from now on, as you were asked to. The agent, its keys and its records stay the same.", "writ agent accept support-agent") { agent };
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found => call.Show(
            await call.Api.PostAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}/transfer/accept", null, ApiJson.Default.AgentAnswer, cancellation),
            a => call.Screen.Line(InertText.Of($"{a.Agent.Owner} answers for {a.Agent.Name}"))), cancellation));
        return command;
    }

    public static Command Decline(Session session) =>
        Create(session, "decline", "Do not answer for an agent, or take back that somebody was asked to.", "writ agent decline support-agent --reason 'not my team'",
            HttpMethod.Post, "transfer/decline", (_, _) => { }, a => $"{a.Agent.Owner} still answers for {a.Agent.Name}");

    public static Command BackupOwner(Session session)
    {
        var person = new Option<string?>("--person") { Description = "Who it is; without, nobody is.", HelpName = "PERSON" };
        return Create(session, "backup-owner", "Say who answers for an agent when its owner cannot.", "writ agent backup-owner support-agent --person kim --reason 'stands in'",
            HttpMethod.Put, "backup-owner",
            (parse, body) =>
            {
                if (parse.GetValue(person) is { } named)
                    body["backup_owner"] = named;
            },
            a => a.Agent.BackupOwner is { } backup ? $"{backup} answers for {a.Agent.Name} when {a.Agent.Owner} cannot" : $"nobody answers for {a.Agent.Name} when {a.Agent.Owner} cannot", person);
    }

    public static Command Ceiling(Session session)
    {
        var (calls, usd) = (CeilingFlags.Calls(), CeilingFlags.Usd());
        return Create(session, "ceiling", "Bound what one task of an agent may use, tasks below it included.", "writ agent ceiling support-agent --task-calls 200 --task-usd 5 --reason 'as agreed'",
            HttpMethod.Put, "ceiling",
            (parse, body) =>
            {
                foreach (var (name, value) in CeilingFlags.Read(parse, calls, usd) ?? [])
                    body[name] = value?.DeepClone();
            },
            a => $"a task of {a.Agent.Name} uses at most {CeilingFlags.Words(a.Agent.TaskCeiling)}", calls, usd);
    }

    private static Verb Create(
        Session session, string verb, string description, string example, HttpMethod method, string route, Action<ParseResult, JsonObject> fill, Func<AgentAnswer, string> say, params Symbol[] more)
    {
        var agent = AgentArgument();
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb(verb, description, example) { agent, reason };
        foreach (var symbol in more)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found =>
        {
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            fill(call.Parse, body);
            var path = $"/v1/agents/{Uri.EscapeDataString(found.Id)}/{route}";
            return call.Show(
                method == HttpMethod.Put ? await call.Api.PutAsync(path, body, ApiJson.Default.AgentAnswer, cancellation) : await call.Api.PostAsync(path, body, ApiJson.Default.AgentAnswer, cancellation),
                a => call.Screen.Line(InertText.Of(say(a))));
        }, cancellation));
        return command;
    }

    private static Argument<string> AgentArgument() => new("agent") { Description = "Its name or id." };
}
