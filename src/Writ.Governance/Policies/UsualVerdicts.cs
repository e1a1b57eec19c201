using System.Collections.Frozen;
using Writ.Cedar.Compilation;
using Writ.Cedar.Policies;

namespace Writ.Governance.Policies;

/// <summary>
/// The verdicts that most actions get, folded once and given out again: no policy holds, one permit, or one permit and one forbid, and none
/// failed. What <see cref="VerdictFold"/> says of them follows from which policies they are. At most <see cref="Kept"/> are kept. Thread safe.
/// </summary>
internal sealed class UsualVerdicts(PolicySet policies, FrozenDictionary<PolicyId, RuledPolicy> ruled)
{
    /// <summary>How many verdicts are kept at most; beyond them every verdict is folded anew.</summary>
    public const int Kept = 4_096;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<(int Permit, int Forbid), Verdict> _known = new();
    private int _count;

    /// <summary>The verdict on an evaluation of the set; null where it is not one of these.</summary>
    public Verdict? Find(EvaluationBuffer buffer)
    {
        var permits = buffer.Permits;
        var forbids = buffer.Forbids;
        if (buffer.ErrorCount > 0 || permits.Length > 1 || forbids.Length > 1)
            return null;
        var key = (permits.IsEmpty ? -1 : permits[0], forbids.IsEmpty ? -1 : forbids[0]);
        if (_known.TryGetValue(key, out var known))
            return known;
        if (Volatile.Read(ref _count) >= Kept)
            return null;
        var verdict = VerdictFold.Fold(
            key.Item1 < 0 ? [] : [policies.Policies[key.Item1]], key.Item2 < 0 ? [] : [policies.Policies[key.Item2]], [], ruled);
        if (_known.TryAdd(key, verdict))
            Interlocked.Increment(ref _count);
        return verdict;
    }
}
