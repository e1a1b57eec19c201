using Writ.Governance.People;

namespace Writ.Governance.Erasures;

/// <summary>
/// A subject that is to be forgotten: everything sealed under its key becomes unreadable, while records, commitments and proofs stay.
/// Immutable.
/// </summary>
public sealed record Erasure
{
    /// <summary>How long after it was asked for an erasure is carried out at the latest; one that nobody confirmed by then lapses.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(72);

    public required Guid Id { get; init; }

    /// <summary>The key to be destroyed.</summary>
    public required Guid Key { get; init; }

    /// <summary>The subject as records name it: <c>agent/&lt;id&gt;</c> or <c>user/&lt;key&gt;</c>.</summary>
    public required string Subject { get; init; }

    public required string Reason { get; init; }

    public required PersonId By { get; init; }

    public required DateTimeOffset At { get; init; }

    public ErasureState State { get; init; } = ErasureState.Requested;

    /// <summary>Who confirmed it.</summary>
    public PersonId? ConfirmedBy { get; init; }

    /// <summary>Whether one person stood for two.</summary>
    public bool Solo { get; init; }

    /// <summary>When the key was destroyed.</summary>
    public DateTimeOffset? ExecutedAt { get; init; }

    /// <summary>When it has to be done.</summary>
    public DateTimeOffset Due => At + Within;

    /// <summary>Whether it still has to be confirmed, and can be.</summary>
    public bool IsOpen(DateTimeOffset now) => State == ErasureState.Requested && now < Due;
}
