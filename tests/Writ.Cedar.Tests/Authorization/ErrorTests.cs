using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Authorization;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("context.amount > 100", FaultKind.AttributeMissing)]
    [InlineData("context.cmd in [\"rm -rf /\"]", FaultKind.WrongType)]
    [InlineData("context.big + 1 > 0", FaultKind.Overflow)]
    [InlineData("resource.owner == principal", FaultKind.EntityMissing)]
    [InlineData("ip(context.cmd).isLoopback()", FaultKind.Extension)]
    [InlineData("context.cmd", FaultKind.WrongType)]
    public void T03_a_forbid_that_cannot_be_evaluated_is_told_and_not_merely_skipped(string condition, FaultKind kind)
    {
        var context = RecordValue.Of(("cmd", "rm -rf /"), ("big", long.MaxValue));
        var evaluation = Cedar.Evaluate($"permit(principal, action, resource); forbid(principal, action, resource) when {{ {condition} }};", context);
        var error = Assert.Single(evaluation.Errors);
        Assert.Equal((Effect.Forbid, "policy1", kind), (error.Policy.Effect, error.Policy.Id.Value, error.Kind));

        // Cedar's own rule allows here; who fails closed reads the errors.
        Assert.Equal(Decision.Allow, evaluation.Decision);
    }

    [Fact]
    public void An_error_says_which_policy_where_and_what()
    {
        var policies = Cedar.Policies("// rules\nforbid(principal, action, resource)\n  when { context.args.amount > 5 };", new ParseOptions { SourceName = "pay.cedar" });
        var evaluation = Reference.Evaluate(policies, Cedar.Request(RecordValue.Of(("args", RecordValue.Empty))), EntityStore.Empty);
        Assert.Equal("policy 'policy0' at pay.cedar:3:10: the record has no attribute \"amount\"", Assert.Single(evaluation.Errors).Message);
    }

    [Fact]
    public void Conditions_after_one_that_fails_are_not_evaluated()
    {
        var evaluation = Cedar.Evaluate("permit(principal, action, resource) when { false } when { context.nothing };");
        Assert.Empty(evaluation.Errors);
        evaluation = Cedar.Evaluate("permit(principal == User::\"other\", action, resource) when { context.nothing };");
        Assert.Empty(evaluation.Errors);
    }

    [Fact]
    public void A_forbid_wins_and_gives_the_reasons_whatever_permits()
    {
        var response = Reference.Authorize(
            Cedar.Policies("permit(principal, action, resource); forbid(principal, action, resource) unless { false }; forbid(principal, action, resource) when { false };"),
            Cedar.Request(),
            EntityStore.Empty);
        Assert.Equal(Decision.Deny, response.Decision);
        Assert.Equal(["policy1"], response.Reasons.Select(id => id.Value));
    }

    [Fact]
    public void What_nothing_permits_is_denied_without_a_reason()
    {
        var response = Reference.Authorize(PolicySet.Empty, Cedar.Request(), EntityStore.Empty);
        Assert.Equal((Decision.Deny, 0, 0), (response.Decision, response.Reasons.Length, response.Errors.Length));
    }
}
