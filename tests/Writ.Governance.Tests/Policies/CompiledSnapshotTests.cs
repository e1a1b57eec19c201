using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using Writ.Cedar.Authorization;
using Writ.Governance.Policies;
using Writ.Governance.Registry;

namespace Writ.Governance.Tests.Policies;

/// <summary>What a snapshot decides by its compiled policies is what the specification's evaluator makes of the very same question.</summary>
public sealed class CompiledSnapshotTests
{
    private static readonly string[] Scopes =
    [
        "principal, action, resource",
        "principal, action in Writ::Action::\"effect/read\", resource",
        "principal, action in [Writ::Action::\"server/desk\", Writ::Action::\"tool/call\"], resource",
        "principal is Writ::Agent, action == Writ::Action::\"tool/desk/any\", resource",
        "principal, action, resource in Writ::Server::\"desk\"",
        "principal in Writ::Team::\"nobody\", action, resource",
        "principal, action, resource == Writ::Tool::\"desk/other\"",
    ];

    private static readonly string[] Conditions =
    [
        "", "when { false }", "when { context.args.missing == 1 }", "when { context.args.n > 5 && context.args.n + 1 < 9 }", "unless { context.args has other }",
        "when { context.args.n + 9223372036854775807 > 0 }", "when { [\"eu\", \"us\"].contains(context.args.region) }", "when { context.args.region like \"e*\" }",
        "when { principal.owner == context.args.who }", "when { if context.args has who then context.args.who == \"kim\" else resource.effect == \"read\" }",
        "when { context.args has poison }", "when { context.claimed has purpose && context.claimed.purpose == \"x\" }",
    ];

    private static Gen<string> Policy =>
        from effect in Gen.Elements("permit", "forbid")
        from scope in Gen.Elements(Scopes)
        from condition in Gen.Elements(Conditions)
        where effect == "forbid" || !condition.Contains("claimed", StringComparison.Ordinal)
        select $"{effect} ({scope}) {condition};";

    [Fact]
    public async Task T09_both_evaluators_give_one_verdict()
    {
        using var world = await World.WithAsync("");
        await world.CallAsync("look");
        var request = await world.RequestAsync("any");
        var arguments = World.Args("""{"region":"eu","n":7,"who":"kim","poison":0.000001}""");
        Prop.ForAll(Gen.NonEmptyListOf(Policy).ToArbitrary(), policies =>
        {
            var archive = World.Bundle(string.Join('\n', policies));
            var state = request.Organization.Publish(new PublishedBundle("test", "1", archive.Digest.ToHex(), archive));
            var snapshot = state.Policy.Snapshot;
            Assert.Null(snapshot.Fault);
            var tool = state.Tool(World.Desk, "any")!;
            var inquiry = snapshot.Inquire(request.Facts, tool, arguments)!;
            var reference = Reference.Evaluate(snapshot.Policies, inquiry.Request, inquiry.Entities);
            var wanted = VerdictFold.Fold(reference.Permits, reference.Forbids, reference.Errors, snapshot.Rules.ToFrozenDictionary(r => r.Policy.Id));
            var verdict = snapshot.Judge(request.Facts, tool, arguments);
            Assert.Equal((wanted.Outcome, wanted.Code, wanted.Detail), (verdict.Outcome, verdict.Code, verdict.Detail));
            Assert.Equal(wanted.Rules.AsEnumerable(), verdict.Rules);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
