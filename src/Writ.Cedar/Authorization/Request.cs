using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Authorization;

/// <summary>What is asked: may this principal do this action to this resource, in this context. Immutable.</summary>
public sealed record Request
{
    /// <summary>Creates a request. None of the entities need exist in the store that it is decided with.</summary>
    /// <param name="principal">Who acts.</param>
    /// <param name="action">What is done.</param>
    /// <param name="resource">To what.</param>
    /// <param name="context">Everything else that policies may ask about; empty when null.</param>
    public Request(EntityUid principal, EntityUid action, EntityUid resource, RecordValue? context = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(resource);
        Principal = principal;
        Action = action;
        Resource = resource;
        Context = context ?? RecordValue.Empty;
    }

    /// <summary>Who acts.</summary>
    public EntityUid Principal { get; }

    /// <summary>What is done.</summary>
    public EntityUid Action { get; }

    /// <summary>To what.</summary>
    public EntityUid Resource { get; }

    /// <summary>Everything else that policies may ask about.</summary>
    public RecordValue Context { get; }
}
