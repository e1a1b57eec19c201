using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Validation;

/// <summary>Something that validation against a schema found. Immutable.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Diagnostic">What is wrong, and where in the source when there is one.</param>
public sealed record Finding(FindingKind Kind, Diagnostic Diagnostic)
{
    /// <summary>How much it matters.</summary>
    public Severity Severity => Kind == FindingKind.Impossible ? Severity.Warning : Severity.Error;

    /// <summary>The policy or template that it is about; null for entities and requests.</summary>
    public PolicyId? Policy { get; init; }

    /// <summary>The actions in whose requests it was found, in the order of their names; empty where it does not depend on the action.</summary>
    public ImmutableArray<EntityUid> Actions { get; init; } = [];

    /// <summary>The diagnostic, on one line.</summary>
    public override string ToString() => Diagnostic.ToString();
}
