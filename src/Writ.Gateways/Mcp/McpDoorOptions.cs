using System.Collections.Immutable;

namespace Writ.Gateways.Mcp;

/// <summary>How the MCP door is set. Immutable.</summary>
public sealed record McpDoorOptions
{
    /// <summary>The longest request body, in bytes. 4 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Web origins whose pages may call, besides those of this machine's own loopback. Empty by default. Programs that are not
    /// browsers send no origin and are not concerned.
    /// </summary>
    public ImmutableHashSet<string> AllowedOrigins { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a legacy session lives without a request. 1 h.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Legacy sessions of one credential; a new one past this ends its oldest. 256.</summary>
    public int MaxSessionsPerCredential { get; init; } = 256;
}
