namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>The bounds an upstream is held to. Immutable; every default can be replaced by a server's definition.</summary>
public sealed record UpstreamLimits
{
    /// <summary>How long one call may take, waiting for its turn included. 60 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long starting and shaking hands may take. 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an upstream has to end by itself at each step of being stopped. 2 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest message taken from an upstream, in bytes. 16 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Calls in flight at once. 128.</summary>
    public int MaxConcurrentCalls { get; init; } = 128;

    /// <summary>Calls that wait for a turn; of these one caller may hold half. 256.</summary>
    public int MaxQueuedCalls { get; init; } = 256;

    /// <summary>Bytes of standard error kept, the newest. 64 KiB.</summary>
    public int StderrBytes { get; init; } = 64 * 1024;

    /// <summary>Messages that are not MCP, in a row, after which an upstream is ended. 1,000.</summary>
    public int MaxGarbageInARow { get; init; } = 1_000;

    /// <summary>Pages read of a tool list. 100.</summary>
    public int MaxToolPages { get; init; } = 100;

    /// <summary>Tools read of a tool list. 2,000.</summary>
    public int MaxTools { get; init; } = 2_000;

    /// <summary>Bytes of all definitions of a tool list together. 8 MiB.</summary>
    public int MaxToolBytes { get; init; } = 8 * 1024 * 1024;
}
