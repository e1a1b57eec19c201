using Writ.Governance.People;

namespace Writ.Governance.Holds;

/// <summary>While it stands, nothing that it covers is erased or pruned. Immutable.</summary>
public sealed record LegalHold
{
    public required string Name { get; init; }

    public required string Reason { get; init; }

    /// <summary>The one subject that it covers, as records name it; null where it covers the organization.</summary>
    public string? Subject { get; init; }

    /// <summary>That subject's key.</summary>
    public Guid? Key { get; init; }

    public required PersonId By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who wants it lifted, and when they said so; null while nobody does.</summary>
    public (PersonId By, DateTimeOffset At)? Lift { get; init; }

    /// <summary>What stands in the way, for people.</summary>
    public string Words => $"the legal hold '{Name}' stands since {At:u}: two people have to lift it first";

    public bool Covers(Guid key) => Key is null || Key == key;
}
