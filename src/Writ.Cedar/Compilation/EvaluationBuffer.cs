using System.Runtime.InteropServices;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation.Nodes;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Compilation;

/// <summary>
/// How the policies of a <see cref="Compiled"/> set fared with the last request evaluated into it. Reused from request to request, for any
/// set; it grows to the largest answer and then needs no memory. Not thread safe. The spans are valid up to the next evaluation.
/// </summary>
public sealed class EvaluationBuffer
{
    private static readonly Comparison<(int At, EvaluationError Error)> ByPlace = (a, b) => a.At.CompareTo(b.At);

    private readonly List<int> _permits = [];
    private readonly List<int> _forbids = [];
    private readonly List<(int At, EvaluationError Error)> _errors = [];

    /// <summary>The permits that are satisfied, as ascending places in <see cref="PolicySet.Policies"/>.</summary>
    public ReadOnlySpan<int> Permits => CollectionsMarshal.AsSpan(_permits);

    /// <summary>The forbids that are satisfied, as ascending places in <see cref="PolicySet.Policies"/>.</summary>
    public ReadOnlySpan<int> Forbids => CollectionsMarshal.AsSpan(_forbids);

    /// <summary>How many policies could not be evaluated; their errors are in the order of the set.</summary>
    public int ErrorCount => _errors.Count;

    /// <summary>Cedar's own combination: see <see cref="Evaluation.Decision"/>. A forbid that erred does not deny by it.</summary>
    public Decision Decision => _forbids.Count == 0 && _permits.Count > 0 ? Decision.Allow : Decision.Deny;

    internal Frame Frame { get; } = new();

    internal List<int> Principals { get; } = [];

    internal List<int> Actions { get; } = [];

    internal List<int> Resources { get; } = [];

    internal List<int> Candidates { get; } = [];

    /// <summary>The error at a place from 0 to <see cref="ErrorCount"/> - 1.</summary>
    public EvaluationError Error(int index) => _errors[index].Error;

    internal void Start()
    {
        // Also after an evaluation that did not come to its end: nothing of one request may be seen by the next.
        Frame.Clear();
        _permits.Clear();
        _forbids.Clear();
        _errors.Clear();
        Candidates.Clear();
    }

    internal void Add(int at, Effect effect) => (effect == Effect.Permit ? _permits : _forbids).Add(at);

    internal void Add(int at, EvaluationError error) => _errors.Add((at, error));

    /// <summary>Puts the answer into the order of the set, each policy once.</summary>
    internal void Finish()
    {
        Frame.Clear();
        Order(_permits);
        Order(_forbids);
        if (_errors.Count < 2)
            return;
        _errors.Sort(ByPlace);
        var kept = 1;
        for (var i = 1; i < _errors.Count; i++)
        {
            if (_errors[i].At != _errors[kept - 1].At)
                _errors[kept++] = _errors[i];
        }

        _errors.RemoveRange(kept, _errors.Count - kept);
    }

    private static void Order(List<int> places)
    {
        if (places.Count < 2)
            return;
        places.Sort();
        var kept = 1;
        for (var i = 1; i < places.Count; i++)
        {
            if (places[i] != places[kept - 1])
                places[kept++] = places[i];
        }

        places.RemoveRange(kept, places.Count - kept);
    }
}
