using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Compilation;

/// <summary>
/// Numbers what the scopes of one of the three variables ask for: anything, this entity, what is in this entity, this type. A request has
/// exactly the numbers of the demands that it meets. Not changed once the index is built; then thread safe.
/// </summary>
internal sealed class ScopeDimension
{
    private readonly Dictionary<EntityUid, int> _equal = [];
    private readonly Dictionary<EntityUid, int> _in = [];
    private readonly Dictionary<EntityTypeName, int> _types = [];
    private int _anything = -1;
    private int _count;

    public int Any() => _anything < 0 ? _anything = _count++ : _anything;

    public int Equal(EntityUid uid) => Number(_equal, uid);

    public int In(EntityUid uid) => Number(_in, uid);

    /// <summary>The number of a scope. That of <c>is T in x</c> is that of <c>in x</c>: whoever finds it asks for the type.</summary>
    public int Of(EntityScope scope) => scope switch
    {
        EntityScope.Equal { Target: ScopeTarget.Entity target } => Equal(target.Uid),
        EntityScope.In { Target: ScopeTarget.Entity target } => In(target.Uid),
        EntityScope.IsIn { Target: ScopeTarget.Entity target } => In(target.Uid),
        EntityScope.Is type => Number(_types, type.Type),
        EntityScope.Any => Any(),
        _ => throw new System.Diagnostics.UnreachableException("A policy has no open slot."),
    };

    /// <summary>Lists the demands that an entity meets. One may be listed twice when the store is layered.</summary>
    public void Find(EntityUid uid, EntityStore entities, List<int> found)
    {
        found.Clear();
        if (_anything >= 0)
            found.Add(_anything);
        if (_equal.Count > 0 && _equal.TryGetValue(uid, out var number))
            found.Add(number);
        if (_types.Count > 0 && _types.TryGetValue(uid.Type, out number))
            found.Add(number);
        if (_in.Count == 0)
            return;
        if (_in.TryGetValue(uid, out number))
            found.Add(number);
        entities.NumbersAbove(uid, _in, found);
    }

    private int Number<T>(Dictionary<T, int> numbers, T of)
        where T : notnull
    {
        if (!numbers.TryGetValue(of, out var number))
            numbers.Add(of, number = _count++);
        return number;
    }
}
