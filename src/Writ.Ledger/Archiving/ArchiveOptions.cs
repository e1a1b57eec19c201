namespace Writ.Ledger.Archiving;

/// <summary>How a ledger is archived. Immutable.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The ledger's name in the archive: 1 to 40 lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Where to.</summary>
    public required IArchiveTarget Target { get; init; }

    /// <summary>How long each object is kept, from when it is written. Default 2,557 days, 7 years.</summary>
    public TimeSpan Retain { get; init; } = TimeSpan.FromDays(2_557);

    /// <summary>Whether anything is under a legal hold now. Default never.</summary>
    public Func<bool> IsHeld { get; init; } = () => false;

    /// <summary>Why the clock cannot be relied on, or null: a time that is too far ahead would lock objects for as much too long. Default never.</summary>
    public Func<string?> ClockObstacle { get; init; } = () => null;

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
