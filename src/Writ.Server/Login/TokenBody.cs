using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>A token to be issued.</summary>
internal sealed record TokenBody
{
    /// <summary>What its owner calls it.</summary>
    public required string Label { get; init; }

    /// <summary>What it is limited to; absent where to nothing but <see cref="ReadOnly"/>.</summary>
    public ImmutableArray<PersonCapability>? Capabilities { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>How many days it works.</summary>
    public int Days { get; init; } = 30;
}
