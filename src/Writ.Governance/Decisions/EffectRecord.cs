using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>What then happened: a second leaf, linked to the decision. There is exactly one for every permitting decision.</summary>
internal readonly struct EffectRecord
{
    public required Guid Id { get; init; }

    public required Dispatch Dispatch { get; init; }

    public required EffectStatus Status { get; init; }

    public string? Error { get; init; }

    public required Commitment? Commitment { get; init; }

    public required DateTimeOffset At { get; init; }

    public void WriteTo(JcsWriter writer)
    {
        writer.BeginObject();
        writer.Member("at"u8, Timestamp.ToMicroseconds(At));
        if (Commitment is { } commitment)
            writer.Member("commitment"u8, commitment.Hash);
        writer.Member("decision"u8, Dispatch.Decision.Value);
        writer.Member("effect"u8, Dispatch.Effect.Word());
        if (Error is not null)
            writer.Member("error"u8, Error);
        writer.Member("id"u8, Id);
        writer.Member("kind"u8, "effect");
        writer.Member("organization"u8, Dispatch.Organization.ToString());
        writer.Member("status"u8, Status.Word());
        writer.Member("subject"u8, Dispatch.Subject);
        writer.Member("us"u8, Math.Max(0, (At - Dispatch.DispatchedAt).Ticks / TimeSpan.TicksPerMicrosecond));
        writer.Member("v"u8, 1);
        writer.EndObject();
    }
}
