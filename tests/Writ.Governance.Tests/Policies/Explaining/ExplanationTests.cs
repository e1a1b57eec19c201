using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Explaining;
using Writ.Governance.Policies.Testing;

namespace Writ.Governance.Tests.Policies.Explaining;

public sealed class ExplanationTests
{
    private const string Policy =
        """
        @id("pay") permit (principal, action == Writ::Action::"tool/desk/pay", resource);
        @id("large") @discharge("approval") @approvers("capability/app") @reason("Large")
        forbid (principal, action == Writ::Action::"tool/desk/pay", resource) when { context.args.amount > 100 && context.args.amount <= 1000 };
        @id("huge") forbid (principal, action == Writ::Action::"tool/desk/pay", resource) when { context.args.amount > 1000 };
        @id("known") forbid (principal, action == Writ::Action::"tool/desk/pay", resource) unless { ["a", "b"].contains(context.args.to) || principal.ring == 0 };
        @id("look") permit (principal, action == Writ::Action::"tool/desk/look", resource);
        """;

    [Fact]
    public void A_rule_holds_exactly_where_all_its_clauses_do()
    {
        foreach (var amount in new[] { 1, 100, 101, 1000, 1001 })
        {
            foreach (var to in new[] { "\"a\"", "\"z\"" })
            {
                foreach (var rule in World(Policy).Explain(Pay($$"""{"amount":{{amount}},"to":{{to}}}""")))
                    Assert.Equal(rule.Fate == RuleFate.Satisfied, rule.Clauses.All(clause => clause.Fate == ClauseFate.Holds));
            }
        }
    }

    [Fact]
    public void A_clause_tells_what_it_looked_at_and_what_would_turn_it()
    {
        var rules = World(Policy).Explain(Pay("""{"amount":100,"to":"a"}"""));
        var large = rules.Single(rule => rule.Rule.Name == "trial/large");
        Assert.Equal((RuleFate.Unsatisfied, "Large"), (large.Fate, large.Reason));
        Assert.Equal([ClauseFate.Misses, ClauseFate.Holds], large.Clauses.Select(clause => clause.Fate));
        Assert.Equal(new ReadValue("context.args.amount", "100"), Assert.Single(large.Clauses[0].Reads));
        Assert.Equal("context.args.amount would have to be above 100", large.Clauses[0].Change);
        Assert.DoesNotContain(rules, rule => rule.Rule.Name == "trial/look");
    }

    [Fact]
    public void The_alternatives_of_an_unless_are_clauses_of_their_own()
    {
        var known = World(Policy).Explain(Pay("""{"amount":1,"to":"z"}""")).Single(rule => rule.Rule.Name == "trial/known");
        Assert.Equal(RuleFate.Satisfied, known.Fate);
        Assert.Equal(["""["a", "b"] would have to contain context.args.to""", "principal.ring would have to be equal to 0"], known.Clauses.Select(clause => clause.Change));
    }

    [Fact]
    public void T13_a_clause_that_fails_says_why_and_those_behind_it_are_not_asked()
    {
        var rule = World(Policy).Explain(Pay("""{"amount":1}""")).Single(rule => rule.Rule.Name == "trial/known");
        Assert.Equal(RuleFate.Failed, rule.Fate);
        Assert.Equal(ClauseFate.Failed, rule.Clauses[0].Fate);
        Assert.Contains("to", rule.Clauses[0].Fault, StringComparison.Ordinal);
        var guarded = World("""permit (principal, action, resource) when { context.args has to && context.args.to == "a" };""").Explain(Pay("""{"amount":1}""")).Single();
        Assert.Equal([ClauseFate.Misses, ClauseFate.NotAsked], guarded.Clauses.Select(clause => clause.Fate));
        Assert.Equal(RuleFate.Unsatisfied, guarded.Fate);
    }

    [Fact]
    public async Task What_would_change_it_is_decided_and_stands_at_the_threshold()
    {
        var world = World(Policy);
        var changes = await world.ChangesAsync(Pay("""{"amount":500,"to":"a"}"""));
        Assert.Contains(changes, change => (change.Argument, change.Then!.Value.GetRawText(), change.Outcome) == ("amount", "100", "ALLOW"));
        Assert.Contains(changes, change => (change.Argument, change.Then!.Value.GetRawText(), change.Outcome) == ("amount", "1001", "DENY"));
        foreach (var change in changes)
        {
            var then = await world.DecideAsync(Pay($$"""{"amount":{{(change.Argument == "amount" ? change.Then!.Value.GetRawText() : "500")}},"to":{{(change.Argument == "to" ? change.Then!.Value.GetRawText() : "\"a\"")}}}"""));
            Assert.Equal(change.Outcome, then.Outcome.Word());
        }
    }

    [Fact]
    public async Task What_changes_nothing_is_not_told()
    {
        Assert.Empty(await World("permit (principal, action, resource);").ChangesAsync(Pay("""{"amount":1}""")));
        Assert.DoesNotContain(await World(Policy).ChangesAsync(Pay("""{"amount":5000,"to":"a"}""")), change => change.Outcome == "DENY");
    }

    [Fact]
    public async Task T07_a_claim_is_explained_where_it_decides()
    {
        var world = World(
            """
            @id("all") permit (principal, action, resource);
            @id("purpose") forbid (principal, action, resource) when { context.claimed has purpose && context.claimed.purpose == "play" };
            """);
        var call = Pay("""{"amount":1}""") with { Claims = new Claims("play", null, null) };
        Assert.Equal(Outcome.Deny, (await world.DecideAsync(call)).Outcome);
        Assert.Equal(RuleFate.Satisfied, world.Explain(call).Single(rule => rule.Rule.Name == "trial/purpose").Fate);
        Assert.Equal(RuleFate.Unsatisfied, world.Explain(call with { Claims = Claims.None }).Single(rule => rule.Rule.Name == "trial/purpose").Fate);
    }

    private static TrialCall Pay(string arguments) => new()
    {
        Agent = TrialWorld.Describe("agent", [Tests.World.Desk]) with { Ring = 2 }, Server = Tests.World.Desk, Tool = "pay", Arguments = Tests.World.Args(arguments),
    };

    private static TrialWorld World(string policy)
    {
        var desk = Tests.World.DeskServer();
        var making = TrialWorld.Make([Tests.World.Bundle(policy, name: "trial")], [new TrialServer(desk.Slug, [.. Tests.World.Definitions.Select(WithPayee)], desk.Classifications)], TimeProvider.System);
        return Assert.IsType<TrialWorldMaking.Made>(making).World;
    }

    // As of the other tests, but every payment names whom it goes to.
    private static JsonElement WithPayee(JsonElement definition)
    {
        var changed = JsonNode.Parse(definition.GetRawText())!;
        if ((string?)changed["name"] == "pay")
            changed["inputSchema"]!["required"] = new JsonArray("amount", "to");
        return JsonSerializer.SerializeToElement(changed);
    }
}
