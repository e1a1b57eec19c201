namespace Writ.Governance.Replay;

/// <summary>A tool call as it was recorded. The arguments are the bytes of the trace and live as long as they do.</summary>
/// <param name="Function">The tool the agent named.</param>
/// <param name="Arguments">What it supplied, as JSON; empty where it supplied nothing.</param>
public readonly record struct RecordedCall(string Function, ReadOnlyMemory<byte> Arguments);
