using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>The request that nodes are evaluated for, and the fault of the last that had no value. Reused; not thread safe.</summary>
internal sealed class Frame
{
    // Which slots hold something, so that emptying them costs what filling them did, however large the set.
    private int[] _filled = [];
    private int _filledCount;

    public EntityValue Principal { get; set; } = null!;

    public EntityValue Action { get; set; } = null!;

    public EntityValue Resource { get; set; } = null!;

    public RecordValue Context { get; set; } = RecordValue.Empty;

    public EntityStore Entities { get; set; } = EntityStore.Empty;

    /// <summary>What was read of the request so far, by the layout of the set that is evaluated; at least as long as that.</summary>
    public Slot[] Slots { get; private set; } = [];

    public Fault? Fault { get; private set; }

    public SourcePosition Position { get; private set; }

    /// <summary>Keeps a fault for whoever evaluates the policy; gives the null that everything above passes on.</summary>
    public Value? Fail(SourcePosition position, Fault fault)
    {
        Fault = fault;
        Position = position;
        return null;
    }

    /// <summary>Makes room for the slots of a set; all are empty.</summary>
    public void Reserve(int slots)
    {
        if (Slots.Length < slots)
            (Slots, _filled) = (new Slot[slots], new int[slots]);
    }

    /// <summary>Fills an empty slot.</summary>
    public void Keep(int slot, Value value)
    {
        ref var kept = ref Slots[slot];
        kept.Value = value;
        (kept.Reading, kept.Number) = value is LongValue number ? (Reading.Long, number.Value) : (Reading.Other, 0);
        _filled[_filledCount++] = slot;
    }

    /// <summary>Lets go of the request, so that a buffer at rest keeps nothing alive.</summary>
    public void Clear()
    {
        (Principal, Action, Resource) = (null!, null!, null!);
        (Context, Entities, Fault) = (RecordValue.Empty, EntityStore.Empty, null);
        foreach (var slot in _filled.AsSpan(0, _filledCount))
            Slots[slot] = default;
        _filledCount = 0;
    }
}
