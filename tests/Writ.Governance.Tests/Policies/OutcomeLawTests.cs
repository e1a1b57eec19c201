using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Constraints;
using Outcome = Writ.Governance.Decisions.Outcome;

namespace Writ.Governance.Tests.Policies;

/// <summary>The five outcomes by discharge, as a table and as laws.</summary>
public sealed class OutcomeLawTests
{
    private const string Scope = "(principal, action, resource)";
    private const string Permit = $"permit {Scope};";
    private const string Forbid = $"forbid {Scope};";
    private const string Approval = $"@discharge(\"approval\") @approvers(\"capability/app\") forbid {Scope};";
    private const string Constraint = $"@discharge(\"constraint\") @constraint(\"timeout 5s\") forbid {Scope};";
    private const string Remedy = $"@discharge(\"remediation\") @remedy(\"look()\") forbid {Scope} when {{ action != Writ::Action::\"tool/desk/look\" }};";

    // What a forbid and a permit look like that hold, that do not hold, and that cannot be evaluated.
    private static readonly string[] Conditions = ["", "when { false }", "when { context.args.missing == 1 }", "when { 9223372036854775807 + 1 > 0 }"];

    private static readonly string[] Heads =
    [
        "permit ",
        "forbid ",
        "@discharge(\"approval\") @approvers(\"capability/app\") forbid ",
        "@discharge(\"constraint\") @constraint(\"timeout 5s\") forbid ",
        "@discharge(\"constraint\") @constraint(\"allowed_values region in eu, us\") forbid ",
        "@discharge(\"constraint\") @constraint(\"allowed_values region in us, asia\") forbid ",
        "@discharge(\"remediation\") @remedy(\"look()\") forbid ",
    ];

    [Theory]
    [InlineData(Outcome.Deny)]
    [InlineData(Outcome.Deny, Forbid)]
    [InlineData(Outcome.Deny, Approval)]
    [InlineData(Outcome.Allow, Permit)]
    [InlineData(Outcome.AllowWithConstraints, Permit, Constraint)]
    [InlineData(Outcome.RequireApproval, Permit, Approval)]
    [InlineData(Outcome.RequireApproval, Permit, Constraint, Approval)]
    [InlineData(Outcome.Remediate, Permit, Remedy)]
    [InlineData(Outcome.Remediate, Permit, Remedy, Approval, Constraint)]
    [InlineData(Outcome.Deny, Permit, Forbid, Remedy, Approval, Constraint)]
    [InlineData(Outcome.Deny, Permit, "forbid (principal, action, resource) when { context.args.missing == 1 };")]
    [InlineData(Outcome.Deny, Permit, "@discharge(\"approval\") @approvers(\"capability/app\") forbid (principal, action, resource) when { context.args.missing == 1 };")]
    [InlineData(Outcome.Deny, "permit (principal, action, resource) when { context.args.missing == 1 };")]
    [InlineData(Outcome.Allow, Permit, "permit (principal, action, resource) when { context.args.missing == 1 };")]
    public async Task T03_T21_the_discharges_decide_the_outcome(Outcome expected, params string[] policies)
    {
        using var world = await World.WithAsync("");
        Assert.Equal(expected, await JudgeAsync(world, policies));
    }

    [Fact]
    public async Task T04_T05_the_order_of_policies_never_matters()
    {
        using var world = await World.WithAsync("");
        Prop.ForAll(Sets(), policies =>
            JudgeAsync(world, policies).Result == JudgeAsync(world, [.. policies.Reverse()]).Result).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Adding_a_permit_never_tightens()
    {
        using var world = await World.WithAsync("");
        var permits = Gen.Elements(Conditions).Select(c => $"permit {Scope} {c};").ToArbitrary();
        Prop.ForAll(Sets(), permits, (policies, permit) =>
            JudgeAsync(world, [.. policies, permit]).Result <= JudgeAsync(world, policies).Result).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Adding_a_forbid_never_loosens()
    {
        using var world = await World.WithAsync("");
        var forbids = (from head in Gen.Elements(Heads[1..]) from condition in Gen.Elements(Conditions) select $"{head}{Scope} {condition};").ToArbitrary();
        Prop.ForAll(Sets(), forbids, (policies, forbid) =>
            JudgeAsync(world, [.. policies, forbid]).Result >= JudgeAsync(world, policies).Result).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Constraints_meet_alike_in_any_order_and_grouping()
    {
        string[] texts =
        [
            "timeout 5s", "timeout 2s", "output_limit 1KiB", "output_limit 10", "redact_fields email", "redact_fields phone, email",
            "argument_clamp n <= 20", "argument_clamp n <= 7.5", "argument_clamp m <= 1", "allowed_values r in a, b", "allowed_values r in b, c",
            "max_amount n <= 20", "max_amount n <= 7.5", "max_amount n <= 9 EUR in c", "max_cost 5", "max_cost 0.1 USD", "rate 5 per 1m by agent", "rate 3 per 60s by agent", "rate 4 per 1m by task", "subject_scope a", "subject_scope a filter b", "read_only", "ring 1", "ring 3",
        ];
        var sets = Gen.ListOf(Gen.Elements(texts)).Select(l => l.Select(t => ConstraintParser.Parse(t, out _)!).ToArray()).ToArbitrary();
        Prop.ForAll(sets, sets, (a, b) =>
        {
            var both = ConstraintSet.Meet(a.Concat(b));
            return Equals(both, ConstraintSet.Meet(b.Concat(a)))
                && Equals(both, ConstraintSet.Meet(both!.Items.Concat(both.Items)))
                && Equals(both, ConstraintSet.Meet(ConstraintSet.Meet(a)!.Items.Concat(ConstraintSet.Meet(b)!.Items)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Allowed_values_that_exclude_each_other_meet_in_nothing() =>
        Assert.Null(ConstraintSet.Meet([ConstraintParser.Parse("allowed_values r in a, b", out _)!, ConstraintParser.Parse("allowed_values r in c", out _)!]));

    [Theory]
    [InlineData("")]
    [InlineData("timeout")]
    [InlineData("timeout 0s")]
    [InlineData("timeout 11m")]
    [InlineData("timeout -5s")]
    [InlineData("output_limit 1GiB")]
    [InlineData("output_limit many")]
    [InlineData("argument_clamp n < 5")]
    [InlineData("argument_clamp n <= x")]
    [InlineData("argument_clamp a..b <= 5")]
    [InlineData("allowed_values r in ")]
    [InlineData("redact_fields a,,b")]
    [InlineData("rate 5/s")]
    [InlineData("max_pain 5")]
    public void T02_T57_a_constraint_that_is_not_understood_is_refused_with_what_was_expected(string text)
    {
        Assert.Null(ConstraintParser.Parse(text, out var error));
        Assert.Contains("expected", error, StringComparison.Ordinal);
    }

    private static Arbitrary<string[]> Sets()
    {
        var policy = from head in Gen.Elements(Heads) from condition in Gen.Elements(Conditions) select $"{head}{Scope} {condition};";
        return Gen.ListOf(policy).Select(l => l.Take(6).ToArray()).ToArbitrary();
    }

    /// <summary>The verdict on <c>desk/any</c> with a region, under these policies and nothing else.</summary>
    private static async Task<Outcome> JudgeAsync(World world, string[] policies)
    {
        var request = await world.RequestAsync("any", """{"region":"eu"}""");
        var archive = World.Bundle(policies.Length == 0 ? "permit (principal, action, resource) when { false };" : string.Join('\n', policies));
        var snapshot = Snapshot.Compile(World.Organization, [new PublishedBundle("test", "1", archive.Digest.ToHex(), archive)], world.State.ServersBySlug.Values);
        Assert.Null(snapshot.Fault);
        return snapshot.Judge(request.Facts, request.Tool!, request.Arguments).Outcome;
    }
}
