using Writ.Cedar.Analysis;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Proofs;
using Writ.Governance.Policies.Testing;

namespace Writ.Governance.Tests.Policies.Proofs;

/// <summary>Calls made by chance and judged by the snapshot that decides real ones: none may do what was proved that none can.</summary>
public sealed class ProofChanceTests
{
    private const int Calls = 1_500;
    private const int Questions = 12;

    [Theory]
    [InlineData("brand-rules")]
    [InlineData("data-protection")]
    [InlineData("database")]
    [InlineData("infrastructure-gate")]
    [InlineData("money-limits")]
    [InlineData("outbound-mail")]
    [InlineData("payments")]
    [InlineData("shell-and-files")]
    [InlineData("source-control")]
    [InlineData("support-desk")]
    public void No_call_made_by_chance_does_what_was_proved_impossible(string pack)
    {
        var (bundle, server) = (ProofPacks.Bundle(pack), ProofPacks.Server(pack));
        var world = Assert.IsType<TrialWorldMaking.Made>(TrialWorld.Make([bundle], [server], TimeProvider.System)).World;
        var generate = new CallGenerator(pack.Length * 7919, server, world.Snapshot.Policies.Policies.SelectMany(policy => policy.Conditions).Select(condition => condition.Body));
        var asked = ProofPacks.Questions().Where(question => question.Pack == pack).Select(question => question.Text)
            .Concat(Enumerable.Range(0, Questions).Select(_ => generate.Question()))
            .Select(text => (Question: ProofQuestion.Parse(text, out _)!, Answer: Prover.Answer(text, [bundle], world.State))).ToArray();
        Assert.DoesNotContain(asked, pair => pair.Question is null || pair.Answer is ProofAnswer.Invalid);
        int judged = 0, met = 0, refuted = 0;
        for (var i = 0; i < Calls; i++)
        {
            // What the tool's schema refuses reaches no policy.
            var request = world.RequestOf(generate.Call());
            if (request.Tool is not { Obstacle: null } || request.Tool.Input!.Validate(request.Arguments.Value) is not null)
                continue;
            judged++;
            var verdict = world.Snapshot.Judge(request.Facts, request.Tool, request.Arguments);
            var inquiry = world.Snapshot.Inquire(request.Facts, request.Tool, request.Arguments)!;
            foreach (var (question, answer) in asked)
            {
                if (!inquiry.Entities.IsIn(inquiry.Request.Action, Vocabulary.Action(question.Action)) || (question.When is { } when && !Analyzer.IsTrue(new Claim.Holds(when), inquiry.Request, inquiry.Entities)))
                    continue;
                met += answer is ProofAnswer.Proved ? 1 : 0;
                if (!Does(question, verdict))
                    continue;
                Assert.False(answer is ProofAnswer.Proved, $"{question.Text}: proved, and yet {verdict.Outcome} of {request.Tool.ActionName} {request.Arguments.Value} {request.Facts.Agent} in {inquiry.Request.Context}");
                refuted += answer is ProofAnswer.Refuted ? 1 : 0;
            }
        }

        // Chance comes near: it makes calls that the schema takes, calls of which something was proved, and calls that refute what is refuted.
        Assert.True(judged > Calls / 10 && met > 20 && refuted > 0, $"{judged} judged, {met} of which something was proved, {refuted} that refute");
    }

    [Fact]
    public void Chance_finds_what_a_false_proof_would_deny()
    {
        var (bundle, server) = (ProofPacks.Bundle("payments"), ProofPacks.Server("payments"));
        var world = Assert.IsType<TrialWorldMaking.Made>(TrialWorld.Make([bundle], [server], TimeProvider.System)).World;
        var generate = new CallGenerator(1, server, world.Snapshot.Policies.Policies.SelectMany(policy => policy.Conditions).Select(condition => condition.Body));
        var question = ProofQuestion.Parse("never tool/call without approval", out _)!;
        Assert.IsType<ProofAnswer.Refuted>(Prover.Answer(question.Text, [bundle], world.State));
        Assert.Contains(Enumerable.Range(0, Calls).Select(_ => world.RequestOf(generate.Call())), request =>
            request.Tool!.Input!.Validate(request.Arguments.Value) is null && Does(question, world.Snapshot.Judge(request.Facts, request.Tool, request.Arguments)));
    }

    private static bool Does(ProofQuestion question, Verdict verdict) =>
        (verdict.Outcome is Outcome.Allow or Outcome.AllowWithConstraints || (verdict.Outcome is Outcome.RequireApproval && question.Unless != ProofDemand.Approval))
        && !verdict.Constraints.Items.Any(constraint => constraint.Kind == question.Kind);
}
