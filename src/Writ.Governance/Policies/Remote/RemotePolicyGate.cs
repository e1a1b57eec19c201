using System.Collections.Immutable;
using Writ.Governance.Decisions;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Remote;

/// <summary>
/// Asks every decision point whose scope covers the action, side by side, when the other gates would permit or hold it. Each has to say
/// yes; anything else refuses. While they think, the world may have moved: what was true when the walk began is looked at again.
/// </summary>
public sealed class RemotePolicyGate(IDecisionPoints points, PointGuards guards, RegistryHolder registry, TimeProvider time) : ITighteningGate
{
    public string Name => "remote";

    /// <inheritdoc/>
    public ImmutableArray<string> Concerned(ActionRequest request) => [.. Covering(request).Select(p => p.Name)];

    /// <inheritdoc/>
    public async ValueTask<Tightening> CheckAsync(ActionRequest request, Arguments arguments, CancellationToken cancellation)
    {
        var answers = (await Task.WhenAll(Covering(request).Select(point => AskAsync(new PointQuestion(point, request, arguments), cancellation)))).ToImmutableArray();
        return new Tightening(answers, Objection(answers) ?? (registry.StillHolds(request) ? null : Moved()));
    }

    private static IEnumerable<DecisionPoint> Covering(ActionRequest request) =>
        request.Tool is { } tool ? request.Organization.DecisionPoints.Values.Where(p => p.Covers(tool)) : [];

    private async Task<PointAnswer> AskAsync(PointQuestion question, CancellationToken cancellation)
    {
        var (point, started) = (question.Point, time.GetTimestamp());
        var guard = guards.Of(point);
        if (guard.TryBegin(out var isProbe) is { } barred)
            return new PointAnswer(point.Name, new PointReply.NoAnswer(barred, Barred(barred)), TimeSpan.Zero);

        bool? worked = false;
        try
        {
            using var late = new CancellationTokenSource(point.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            PointReply reply;
            try
            {
                // Waited for apart, so that not even a port that overlooks its token keeps an action longer.
                reply = await points.AskAsync(question, either.Token).AsTask().WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested)
            {
                reply = new PointReply.NoAnswer(PointFailure.TimedOut, $"no answer within {point.TimeoutMs} ms");
            }

            worked = reply is not PointReply.NoAnswer none ? true : none.Failure.IsThePoints() ? false : null;
            return new PointAnswer(point.Name, reply, time.GetElapsedTime(started));
        }
        finally
        {
            guard.End(isProbe, worked);
        }
    }

    /// <summary>Why the answers refuse: a clear no before any that is missing.</summary>
    private static GateResult.Denied? Objection(ImmutableArray<PointAnswer> answers)
    {
        if (answers.FirstOrDefault(a => a.Reply is PointReply.Refused) is { Reply: PointReply.Refused refused } no)
            return GateResult.Denied.Because(ReasonCodes.PointRefused, $"the decision point '{no.Name}' refuses: {refused.How}");
        if (answers.FirstOrDefault(a => a.Reply is PointReply.NoAnswer) is not { Reply: PointReply.NoAnswer none } missing)
            return null;
        return GateResult.Denied.Because(
            none.Failure.IsUnasked() ? ReasonCodes.PointNotAsked : ReasonCodes.PointSilent,
            $"the decision point '{missing.Name}' gave no answer that counts: {none.Failure.Word()}: {none.Detail}");
    }

    private static GateResult.Denied Moved() =>
        GateResult.Denied.Because(ReasonCodes.ChangedMeanwhile, "the agent, its key, a tool, a policy or a decision point changed while decision points were asked");

    private static string Barred(PointFailure failure) =>
        failure == PointFailure.Busy ? "it has as many questions as it may" : "it failed too often and is not asked for a while";
}
