using Writ.Crypto.Hashing;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>
/// One candidate in one life of the process, against one snapshot that holds. It walks the gates of production with rates of its own and no
/// approvals: as if it had decided from the start, and nobody had approved anything. Evaluated by one at a time; counted by any.
/// </summary>
internal sealed class ShadowTrial
{
    private readonly RateBook _rates = new();
    private readonly GateWalk _gates;
    private int _waiting;

    public ShadowTrial(BundleCandidate candidate, Hash256 against, TimeProvider time)
    {
        (Digest, Since, Against) = (candidate.Bundle.Digest, candidate.Since, against);
        // Nothing is ever opened or bound here that an answer could refer to, so the key is no secret.
        _gates = new GateWalk(GateWalk.InOrder(new ApprovalBoard(time), new ApprovalBinding(new byte[32]), _rates));
    }

    public string Digest { get; }

    public DateTimeOffset Since { get; }

    /// <summary>The snapshot that decides, and that the candidate is compared with.</summary>
    public Hash256 Against { get; }

    public ShadowTally Tally { get; } = new();

    public bool Fits(BundleCandidate candidate, Hash256 against) => Digest == candidate.Bundle.Digest && Since == candidate.Since && Against == against;

    /// <summary>Whether one more evaluation may wait.</summary>
    public bool Enter(int most)
    {
        if (Interlocked.Increment(ref _waiting) <= most)
            return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _waiting);

    public async ValueTask EvaluateAsync(ActionRequest request, BundleCandidate candidate, GateResult decided)
    {
        try
        {
            var walked = await _gates.CheckAsync(request with { Policy = candidate.Policy });
            var answer = walked.Result is GateResult.Permitted permitted && _rates.Reserve(request, permitted.Constraints, out var exceeded) is null
                ? new GateResult.Denied(ReasonCodes.RateExceeded, exceeded!, permitted.Rules)
                : walked.Result;
            Tally.Compare(request.Id, request.Facts.Time, PolicyAnswer.Of(decided), PolicyAnswer.Of(answer));
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // A candidate never stands in the way of what decides; that it could not be evaluated is told.
            Tally.Fail(request.Facts.Time);
        }
    }
}
