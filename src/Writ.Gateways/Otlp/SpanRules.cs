using System.Text.Json.Nodes;
using Writ.Crypto.Json;
using Writ.Governance.Telemetry;

namespace Writ.Gateways.Otlp;

/// <summary>What a span has to be, however it was written.</summary>
internal static class SpanRules
{
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <summary>What is wrong with a span; null where nothing is.</summary>
    public static string? ProblemOf(ReportedSpan span) =>
        span.Trace == 0 ? "its trace id is not 16 bytes, or zero"
        : span.Span == 0 ? "its span id is not 8 bytes, or zero"
        : span.Started > JcsWriter.MaxInteger || span.Ended > JcsWriter.MaxInteger ? "its times lie beyond the year 2255"
        : span.Events.Count > SpanLimits.Events ? $"it has more than {SpanLimits.Events} events"
        : IsTooMany(span.Attributes) || IsTooMany(span.Resource) || span.Events.Any(e => IsTooMany(e.Attributes)) ? $"it has more than {SpanLimits.Attributes} attributes"
        : null;

    /// <summary>Nanoseconds as microseconds.</summary>
    public static long Microseconds(ulong nanoseconds) => (long)(nanoseconds / NanosecondsPerMicrosecond);

    /// <summary>How a span says it ended; a number that is not known says nothing.</summary>
    public static ReportedStatus Status(ulong code) => code is 1 or 2 ? (ReportedStatus)code : ReportedStatus.Unset;

    private static bool IsTooMany(JsonObject attributes) => attributes.Count > SpanLimits.Attributes;
}
