using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>The request that nodes are evaluated for, and the fault of the last that had no value. Reused; not thread safe.</summary>
internal sealed class Frame
{
    public EntityValue Principal { get; set; } = null!;

    public EntityValue Action { get; set; } = null!;

    public EntityValue Resource { get; set; } = null!;

    public RecordValue Context { get; set; } = RecordValue.Empty;

    public EntityStore Entities { get; set; } = EntityStore.Empty;

    public Fault? Fault { get; private set; }

    public SourcePosition Position { get; private set; }

    /// <summary>Keeps a fault for whoever evaluates the policy; gives the null that everything above passes on.</summary>
    public Value? Fail(SourcePosition position, Fault fault)
    {
        Fault = fault;
        Position = position;
        return null;
    }

    /// <summary>Lets go of the request, so that a buffer at rest keeps nothing alive.</summary>
    public void Clear()
    {
        (Principal, Action, Resource) = (null!, null!, null!);
        (Context, Entities, Fault) = (RecordValue.Empty, EntityStore.Empty, null);
    }
}
