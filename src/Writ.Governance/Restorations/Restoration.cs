using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.People;

namespace Writ.Governance.Restorations;

/// <summary>The last restore of an installation, and how far people confirmed it. Immutable.</summary>
public sealed record Restoration
{
    /// <summary>The first part of the names of the logs since.</summary>
    public required string Domain { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ImmutableArray<RestoredLog> Logs { get; init; }

    /// <summary>Keys that had been erased after the backup: every start destroys them again.</summary>
    public required ImmutableArray<Guid> Erased { get; init; }

    /// <summary>Who confirmed so far.</summary>
    public ImmutableArray<PersonId> ConfirmedBy { get; init; } = [];

    /// <summary>Whether enough people confirmed. Until then nothing is decided.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether one person stood for two.</summary>
    public bool Solo { get; init; }

    /// <summary>How many records of the decision log were restored: requests for approval before that are void.</summary>
    public ulong RestoredDecisions => (ulong)(Logs.FirstOrDefault(log => log.Origin.EndsWith("/decisions", StringComparison.Ordinal))?.Size ?? 0);
}
