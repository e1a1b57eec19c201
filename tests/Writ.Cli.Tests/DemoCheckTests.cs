using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Demo;
using Writ.Cli.Ledgers;

namespace Writ.Cli.Tests;

/// <summary>The demo's claims fail when what happened is something else.</summary>
public sealed class DemoCheckTests
{
    private static readonly InstallationVerification NoLedger = new([], null);

    private static readonly DemoStep[] Steps =
    [
        Step(1, "read_mail", "ALLOW", """{"id":"M-02"}"""),
        Step(2, "search_orders", "ALLOW_WITH_CONSTRAINTS", """{"limit":500}"""),
        Step(3, "refund_order", "REQUIRE_APPROVAL", """{"amount":240}"""),
        Step(4, "refund_order", "ALLOW", """{"amount":240}"""),
        Step(5, "delete_customers", "REMEDIATE", "{}"),
        Step(6, "send_mail", "DENY", """{"to":"x"}"""),
    ];

    private static readonly DeskCall[] Calls = [Call("read_mail", """{"id":"M-02"}"""), Call("search_orders", """{"limit":20}"""), Call("refund_order", """{"amount":240}""")];

    [Fact]
    public void What_happened_as_decided_holds() => Assert.All(DemoChecks.Of(Steps, Calls, NoLedger), check => Assert.True(check.Holds, check.Claim));

    [Fact]
    public void A_call_that_nobody_permitted_fails() =>
        Assert.Contains(DemoChecks.Of(Steps, [.. Calls, Call("send_mail", """{"to":"x"}""")], NoLedger), check => !check.Holds);

    [Fact]
    public void A_permitted_call_that_never_ran_fails() => Assert.Contains(DemoChecks.Of(Steps, Calls[..2], NoLedger), check => !check.Holds);

    [Fact]
    public void Other_arguments_than_the_agents_fail() =>
        Assert.Contains(DemoChecks.Of(Steps, [Calls[0], Calls[1], Call("refund_order", """{"amount":999}""")], NoLedger), check => !check.Holds);

    [Fact]
    public void A_limit_that_was_not_applied_fails() =>
        Assert.Contains(DemoChecks.Of(Steps, [Calls[0], Call("search_orders", """{"limit":500}"""), Calls[2]], NoLedger), check => !check.Holds);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_missing_outcome_fails(int without) =>
        Assert.Contains(DemoChecks.Of([.. Steps.Where((s, i) => i != without && (without != 0 || i != 3))], Calls, NoLedger), check => !check.Holds);

    [Fact]
    public void A_permitted_call_without_an_effect_on_record_fails() =>
        Assert.Contains(DemoChecks.Of([Steps[0] with { Decision = Steps[0].Decision! with { EffectRecord = null } }, .. Steps[1..]], Calls, NoLedger), check => !check.Holds);

    [Fact]
    public void A_refused_call_that_reached_the_desk_fails() =>
        Assert.Contains(DemoChecks.Of([.. Steps[..5], Steps[5] with { Executed = Calls[0] }], Calls, NoLedger), check => !check.Holds);

    private static DemoStep Step(int number, string tool, string outcome, string arguments) => new(
        number,
        new JournalLine("why", tool, JsonNode.Parse(arguments)!.AsObject(), outcome, null),
        new DecisionView { Id = $"d{number}", Outcome = outcome, Action = $"tool/desk/{tool}", At = number, EffectRecord = outcome.StartsWith("ALLOW", StringComparison.Ordinal) ? new EffectView("executed") : null },
        null);

    private static DeskCall Call(string tool, string arguments) => new(tool, JsonNode.Parse(arguments)!.AsObject());
}
