using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar.Entities;

/// <summary>
/// Entities and what each is in, directly or not. Immutable and safe for any number of readers. A store may be layered on another
/// (<see cref="With"/>): the lower one is shared, not copied, so that a request can add its own few entities to a snapshot of many.
/// </summary>
public sealed class EntityStore
{
    /// <summary>How many entities one entity may be in, directly or not. More is refused: the closure is held in memory.</summary>
    public const int MaxAncestors = 10_000;

    private readonly EntityStore? _below;
    private readonly Dictionary<EntityUid, Node> _nodes;

    private EntityStore(EntityStore? below, Dictionary<EntityUid, Node> nodes)
    {
        _below = below;
        _nodes = nodes;
    }

    /// <summary>The store without entities.</summary>
    public static EntityStore Empty { get; } = new(null, []);

    /// <summary>How many entities there are, lower layers included.</summary>
    public int Count => _nodes.Count + (_below?.Count ?? 0);

    /// <summary>All entities, those of this layer first, in no particular order within a layer.</summary>
    public IEnumerable<Entity> Entities => _nodes.Values.Select(node => node.Entity).Concat(_below?.Entities ?? []);

    /// <summary>Makes a store. Refused: two different entities of one identity, a cycle of parents, too many ancestors.</summary>
    public static EntityStoreResult Create(IEnumerable<Entity> entities) => Layer(null, entities);

    /// <summary>
    /// Makes a store of these entities and all of this store's, at a cost that depends on the new ones alone. An entity that this store
    /// already holds is refused unless it is the same in every respect. The new entities may be parents that this store only mentions.
    /// </summary>
    public EntityStoreResult With(params IEnumerable<Entity> entities) => Layer(this, entities);

    /// <summary>Gets an entity; false when there is none of that identity.</summary>
    public bool TryGet(EntityUid uid, [NotNullWhen(true)] out Entity? entity)
    {
        for (var layer = this; layer is not null; layer = layer._below)
        {
            if (layer._nodes.TryGetValue(uid, out var node))
            {
                entity = node.Entity;
                return true;
            }
        }

        entity = null;
        return false;
    }

    /// <summary>Cedar's <c>in</c>: whether the two are the same, or the first is in the second directly or not. Neither need exist.</summary>
    public bool IsIn(EntityUid uid, EntityUid container)
    {
        ArgumentNullException.ThrowIfNull(uid);
        return uid.Equals(container) || IsBelow(uid, container);
    }

    /// <summary>Appends the numbers of what an entity is in, itself left out; one may be appended twice. Allocates nothing but the list's growth.</summary>
    internal void NumbersAbove(EntityUid uid, Dictionary<EntityUid, int> numbers, List<int> found)
    {
        if (_nodes.TryGetValue(uid, out var node))
        {
            AddNumbers(node, numbers, found);
            return;
        }

        if (_below is null)
            return;
        _below.NumbersAbove(uid, numbers, found);
        foreach (var (middle, over) in _nodes)
        {
            if (over.Ancestors is not null && _below.IsBelow(uid, middle))
                AddNumbers(over, numbers, found);
        }
    }

    private static void AddNumbers(Node node, Dictionary<EntityUid, int> numbers, List<int> found)
    {
        if (node.Ancestors is not { } ancestors)
            return;
        if (ancestors.Count > numbers.Count)
        {
            foreach (var (uid, number) in numbers)
            {
                if (ancestors.Contains(uid))
                    found.Add(number);
            }

            return;
        }

        foreach (var uid in ancestors)
        {
            if (numbers.TryGetValue(uid, out var number))
                found.Add(number);
        }
    }

    private bool IsBelow(EntityUid uid, EntityUid container)
    {
        if (_nodes.TryGetValue(uid, out var node))
            return node.Ancestors?.Contains(container) ?? false;
        if (_below is null)
            return false;
        if (_below.IsBelow(uid, container))
            return true;

        // A lower entity may name a parent that only this layer defines; the closure of that parent is complete.
        foreach (var (middle, over) in _nodes)
        {
            if (over.Ancestors is not null && over.Ancestors.Contains(container) && _below.IsBelow(uid, middle))
                return true;
        }

        return false;
    }

    private static EntityStoreResult Layer(EntityStore? below, IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var nodes = new Dictionary<EntityUid, Node>();
        foreach (var entity in entities)
        {
            Entity? same = null;
            if (nodes.TryGetValue(entity.Uid, out var node))
                same = node.Entity;
            else
                below?.TryGet(entity.Uid, out same);
            if (same is null)
                nodes.Add(entity.Uid, new Node(entity));
            else if (!same.Equals(entity))
                return new EntityStoreResult.Refused($"two different entities are named {entity.Uid}");
        }

        var store = new EntityStore(below, nodes);
        foreach (var node in nodes.Values)
        {
            if (store.Close(node) is { } problem)
                return new EntityStoreResult.Refused(problem);
        }

        return new EntityStoreResult.Built(store);
    }

    // Computes what the entity is in; the problem when that has no answer.
    private string? Close(Node node)
    {
        if (node.Entity.Parents.IsEmpty)
            return null;
        var ancestors = new HashSet<EntityUid>();
        var open = new Stack<EntityUid>(node.Entity.Parents);
        while (open.TryPop(out var uid))
        {
            if (uid.Equals(node.Entity.Uid))
                return $"{uid} is in itself by way of its parents";
            if (!ancestors.Add(uid))
                continue;
            if (ancestors.Count > MaxAncestors)
                return $"{node.Entity.Uid} is in more than {MaxAncestors} entities";
            if (TryGet(uid, out var parent))
            {
                foreach (var next in parent.Parents)
                    open.Push(next);
            }
        }

        node.Ancestors = ancestors;
        return null;
    }

    private sealed class Node(Entity entity)
    {
        public Entity Entity { get; } = entity;

        // Null when there are none.
        public HashSet<EntityUid>? Ancestors { get; set; }
    }
}
