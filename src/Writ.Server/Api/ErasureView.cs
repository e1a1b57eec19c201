using Writ.Governance.Erasures;

namespace Writ.Server.Api;

/// <summary>An erasure as people see it.</summary>
internal sealed record ErasureView
{
    public required Guid Id { get; init; }

    /// <summary>The subject as records name it.</summary>
    public required string Subject { get; init; }

    public required string State { get; init; }

    public required string Reason { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it has to be done; not confirmed by then, it lapses.</summary>
    public required DateTimeOffset Due { get; init; }

    public string? ConfirmedBy { get; init; }

    public bool Solo { get; init; }

    public DateTimeOffset? ExecutedAt { get; init; }

    /// <summary>Why it is confirmed and not carried out yet.</summary>
    public string? Waits { get; init; }

    public static ErasureView Of(Erasure erasure, string? waits, DateTimeOffset now) => new()
    {
        Id = erasure.Id,
        Subject = erasure.Subject,
        State = erasure.State switch
        {
            ErasureState.Requested => now < erasure.Due ? "requested" : "lapsed",
            ErasureState.Confirmed => "confirmed",
            ErasureState.Executed => "executed",
            _ => "declined",
        },
        Reason = erasure.Reason,
        RequestedBy = erasure.By.ToString(),
        RequestedAt = erasure.At,
        Due = erasure.Due,
        ConfirmedBy = erasure.ConfirmedBy?.ToString(),
        Solo = erasure.Solo,
        ExecutedAt = erasure.ExecutedAt,
        Waits = waits,
    };
}
