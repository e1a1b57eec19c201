using System.Collections.Immutable;

namespace Writ.Gateways.Mcp;

/// <summary>The revisions of MCP that Writ speaks, and their two eras.</summary>
public static class ProtocolVersion
{
    /// <summary>The current era: stateless, each request carries its version, no handshake and no sessions.</summary>
    public const string Current = "2026-07-28";

    /// <summary>The newest revision of the legacy era, which opens with an <c>initialize</c> handshake.</summary>
    public const string NewestLegacy = "2025-11-25";

    /// <summary>What a legacy request over HTTP without a version header is taken for.</summary>
    public const string Unstated = "2025-03-26";

    /// <summary>The legacy revisions offered to agents, newest first.</summary>
    public static ImmutableArray<string> Legacy { get; } = [NewestLegacy, "2025-06-18", Unstated];

    /// <summary>The legacy revisions accepted from upstream servers: one more, whose messages are the same on stdio.</summary>
    public static ImmutableArray<string> LegacyUpstream { get; } = [.. Legacy, "2024-11-05"];

    /// <summary>All revisions offered to agents, newest first.</summary>
    public static ImmutableArray<string> Offered { get; } = [Current, .. Legacy];
}
