using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>What then happened: a second leaf, linked to the decision. There is exactly one for every permitting decision.</summary>
internal readonly struct EffectRecord
{
    /// <summary>The format written today. Since 2, users stand by the id of their key.</summary>
    public const int Format = 2;

    public required Guid Id { get; init; }

    public required Dispatch Dispatch { get; init; }

    public required EffectReport Report { get; init; }

    /// <summary>The sealed result; null where there is none.</summary>
    public required Commitment? Commitment { get; init; }

    public required PayloadSubject Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    public void WriteTo(JcsWriter writer)
    {
        writer.BeginObject();
        writer.Member("at"u8, Timestamp.ToMicroseconds(At));
        if (Commitment is { } commitment)
            writer.Member("commitment"u8, commitment.Hash);
        writer.Member("decision"u8, Dispatch.Decision.Value);
        writer.Member("effect"u8, Dispatch.Effect.Word());
        if (Report.Error is { } error)
            writer.Member("error"u8, error);
        writer.Member("id"u8, Id);
        writer.Member("kind"u8, "effect");
        writer.Member("organization"u8, Dispatch.Organization.ToString());
        if (Dispatch.Recording is { } recording)
            writer.Member("recording_us"u8, Microseconds(recording));
        writer.Member("status"u8, Report.Status.Word());
        if (Commitment is not null)
            writer.Member("subject"u8, Subject.Word);
        if (Report.Upstream is { } upstream)
            writer.Member("upstream_us"u8, Microseconds(upstream));
        writer.Member("us"u8, Microseconds(At - Dispatch.DispatchedAt));
        writer.Member("v"u8, Format);
        writer.EndObject();
    }

    /// <summary>Never negative, also where a clock was set back in between.</summary>
    private static long Microseconds(TimeSpan time) => Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
}
