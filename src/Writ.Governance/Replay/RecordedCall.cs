namespace Writ.Governance.Replay;

/// <summary>A tool call as it was recorded. The arguments are the bytes of the trace and live as long as they do.</summary>
/// <param name="Function">The tool the agent named.</param>
/// <param name="Arguments">What it supplied, as JSON; empty where it supplied nothing.</param>
public readonly record struct RecordedCall(string Function, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>What fact sources had answered, as JSON: an object from their names to their members; empty where nothing was recorded.</summary>
    public ReadOnlyMemory<byte> LookedUp { get; init; }
}
