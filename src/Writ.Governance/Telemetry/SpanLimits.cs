namespace Writ.Governance.Telemetry;

/// <summary>What a request with spans may hold. What is beyond is refused, never cut.</summary>
public static class SpanLimits
{
    /// <summary>The most spans of one request.</summary>
    public const int Spans = 1_000;

    /// <summary>The most attributes of a span, of an event, or of a resource.</summary>
    public const int Attributes = 512;

    /// <summary>The most events of a span.</summary>
    public const int Events = 256;

    /// <summary>How deep values of attributes may lie in one another.</summary>
    public const int Depth = 16;

    /// <summary>The longest payload of a span, as it is sealed, in bytes.</summary>
    public const int PayloadBytes = 1 << 20;
}
