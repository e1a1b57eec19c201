using Writ.Cedar.Expressions;

namespace Writ.Cedar.Compilation;

/// <summary>
/// Gives every attribute path of a policy set, such as <c>context.args.amount</c>, a place that is filled once a request. There are at most
/// as many as the set has attribute expressions. Not thread safe.
/// </summary>
internal sealed class SlotLayout
{
    private readonly Dictionary<(int Holder, string Name), int> _slots = [];

    /// <summary>How many there are.</summary>
    public int Count => _slots.Count;

    /// <summary>The place of a path; -1 for what does not start at one of the request's variables.</summary>
    public int Of(AttributeExpr expr)
    {
        // A variable is its own holder, below all slots.
        var holder = expr.Target switch
        {
            VariableExpr variable => -2 - (int)variable.Variable,
            AttributeExpr inner => Of(inner),
            _ => -1,
        };
        if (holder == -1)
            return -1;
        if (!_slots.TryGetValue((holder, expr.Name), out var slot))
            _slots.Add((holder, expr.Name), slot = _slots.Count);
        return slot;
    }
}
