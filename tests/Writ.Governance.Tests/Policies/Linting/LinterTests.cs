using System.Collections.Immutable;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Linting;
using Writ.Governance.Policies.Testing;

namespace Writ.Governance.Tests.Policies.Linting;

public sealed class LinterTests
{
    private const string Pay = "principal, action == Writ::Action::\"tool/desk/pay\", resource";

    [Theory]
    [InlineData($"permit ({Pay}) when {{ false }};", "a condition is always false")]
    [InlineData($"permit ({Pay}) when {{ context.args.amount > 5 && context.args.amount < 6 }};", "exclude each other")]
    [InlineData($"permit ({Pay}) when {{ principal.environment == \"a\" && principal.environment == \"b\" }};", "exclude each other")]
    [InlineData($"permit ({Pay}) when {{ principal.ring > 1 }} unless {{ principal.ring > 1 }};", "exclude each other")]
    [InlineData("permit (principal is Writ::User, action == Writ::Action::\"tool/desk/pay\", resource);", "no principal is a Writ::User")]
    [InlineData($"forbid ({Pay}) when {{ context.args has amuont }};", "they ask for what no tool in its scope has")]
    [InlineData("permit (principal, action == Writ::Action::\"tool/desk/pya\", resource);", "no tool that is known")]
    [InlineData("permit (principal, action == Writ::Action::\"tool/desk/pay\", resource == Writ::Tool::\"desk/look\");", "no tool that is known")]
    public void A_rule_that_can_never_apply_is_found(string policy, string says) =>
        Assert.Contains(Lint(policy), finding => finding.Check == "never-applies" && finding.Message.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData($"permit ({Pay}) when {{ context.args.amount > 5 && context.args.amount < 7 }};")]
    [InlineData($"permit ({Pay}) when {{ principal.environment == \"a\" || principal.environment == \"b\" }};")]
    [InlineData("permit (principal is Writ::Agent, action in Writ::Action::\"effect/money\", resource in Writ::Server::\"desk\");")]
    public void A_rule_that_can_apply_is_left_alone(string policy) => Assert.Empty(Lint(policy));

    [Theory]
    [InlineData($"permit ({Pay}); permit ({Pay});", "duplicate", 1)]
    [InlineData($"permit ({Pay}) when {{ context.args.amount <= 5 }}; permit ({Pay}) when {{ context.args.amount < 6 }};", "duplicate", 1)]
    [InlineData($"permit ({Pay}); permit ({Pay}) when {{ context.args.amount > 5 }};", "shadowed", 1)]
    [InlineData($"forbid ({Pay}) when {{ context.args.amount > 5 }}; forbid ({Pay}) when {{ context.args.amount > 10 }};", "shadowed", 1)]
    [InlineData($"forbid ({Pay}) when {{ context.args.amount > 5 }}; @discharge(\"approval\") @approvers(\"capability/app\") forbid ({Pay}) when {{ context.args.amount > 10 }};", "shadowed", 1)]
    [InlineData($"forbid ({Pay}) when {{ context.args.amount > 5 }}; permit ({Pay}) when {{ context.args.amount > 7 }};", "permit-under-forbid", 1)]
    [InlineData($"forbid (principal, action in Writ::Action::\"server/desk\", resource); permit ({Pay});", "permit-under-forbid", 1)]
    [InlineData($"forbid (principal, action in Writ::Action::\"effect/money\", resource); permit ({Pay});", "permit-under-forbid", 1)]
    public void A_rule_that_adds_nothing_beside_another_is_found(string policy, string check, int count) =>
        Assert.Equal(count, Lint(policy).Count(finding => finding.Check == check));

    [Theory]
    [InlineData($"permit ({Pay}) when {{ context.args.amount > 10 }}; permit ({Pay}) when {{ context.args.amount < 5 }};")]
    [InlineData($"forbid ({Pay}) when {{ context.args.amount > 5 }}; permit ({Pay}) when {{ context.args.amount > 4 }};")]
    [InlineData($"@discharge(\"approval\") @approvers(\"capability/app\") forbid ({Pay}) when {{ context.args.amount > 5 }}; forbid ({Pay}) when {{ context.args.amount > 10 }};")]
    [InlineData($"@discharge(\"approval\") @approvers(\"capability/app\") forbid ({Pay}); @discharge(\"approval\") @approvers(\"capability/security\") forbid ({Pay});")]
    [InlineData($"@discharge(\"approval\") @approvers(\"capability/app\") forbid ({Pay}); permit ({Pay});")]
    public void Rules_that_each_change_something_are_left_alone(string policy) => Assert.Empty(Lint(policy));

    [Fact]
    public void Rules_for_everything_are_found()
    {
        Assert.Single(Lint("permit (principal, action, resource);"), finding => finding is { Check: "wildcard-permit", Severity: LintSeverity.Warning });
        Assert.Single(Lint("permit (principal, action in Writ::Action::\"tool/call\", resource) when { principal.ring == 0 };"), finding => finding.Check == "wildcard-permit");
        Assert.Single(Lint("forbid (principal, action, resource) when { principal.risk > 3 };"), finding => finding is { Check: "unscoped-guardrail", Severity: LintSeverity.Note });
    }

    [Theory]
    [InlineData($"forbid ({Pay}) when {{ context.args.to == \"x\" }};")]
    [InlineData($"forbid ({Pay}) when {{ context.on_behalf_of == Writ::User::\"x\" }};")]
    [InlineData("forbid (principal, action, resource) when { context.args.amount > 5 };")]
    [InlineData($"forbid ({Pay}) when {{ !(context.args has to) && context.args.to == \"x\" }};")]
    [InlineData($"forbid ({Pay}) unless {{ context.args has to || context.args.to == \"x\" }};")]
    public void A_forbid_that_reads_what_need_not_be_there_is_found(string policy) =>
        Assert.Contains(Lint(policy), finding => finding is { Check: "invalid", Severity: LintSeverity.Error });

    [Theory]
    [InlineData($"forbid ({Pay}) when {{ context.args.amount > 5 }};")]
    [InlineData($"forbid ({Pay}) when {{ context.args has to && context.args.to == \"x\" }};")]
    [InlineData($"forbid ({Pay}) when {{ context.args has to }} when {{ context.args.to == \"x\" }};")]
    [InlineData($"forbid ({Pay}) when {{ if context.args has to then context.args.to == \"x\" else true }};")]
    public void A_forbid_that_asks_first_is_left_alone(string policy) => Assert.Empty(Lint(policy));

    [Fact]
    public void An_approver_who_does_not_exist_and_a_quorum_too_high_are_found()
    {
        var people = new[] { new Person(PersonId.Parse("kim"), "Kim", [PersonCapability.App]) };
        Assert.Single(Lint($"@discharge(\"approval\") @approvers(\"person/kmi\") forbid ({Pay});", people), finding => finding.Check == "no-such-approver");
        Assert.Single(Lint($"@discharge(\"approval\") @approvers(\"capability/security\") forbid ({Pay});", people), finding => finding.Check == "no-such-approver");
        Assert.Single(Lint($"@discharge(\"approval\") @approvers(\"capability/app\") @quorum(\"2\") forbid ({Pay});", people), finding => finding.Check == "quorum-too-high");
        Assert.Empty(Lint($"@discharge(\"approval\") @approvers(\"capability/app, person/kim\") forbid ({Pay});", people));
    }

    [Fact]
    public void T02_what_keeps_a_bundle_from_being_published_is_found_with_its_place()
    {
        var finding = Assert.Single(Lint($"\n  @severty(\"high\") permit ({Pay});"), finding => finding.Check == "invalid");
        Assert.Equal((2, 3, LintSeverity.Error), (finding.Line, finding.Column, finding.Severity));
        Assert.Contains("unknown annotation '@severty'", finding.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<LintFinding> Lint(string policy, IEnumerable<Person>? people = null)
    {
        var desk = World.DeskServer();
        var making = TrialWorld.Make([], [new TrialServer(desk.Slug, [.. World.Definitions], desk.Classifications)], TimeProvider.System);
        return Linter.Lint(World.Bundle(policy.Replace("; ", ";\n", StringComparison.Ordinal)), Assert.IsType<TrialWorldMaking.Made>(making).World.State, people is null ? null : [.. people]);
    }
}
