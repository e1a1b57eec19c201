namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Where an upstream stands in its life.</summary>
public enum UpstreamState
{
    /// <summary>Not started yet; the first call starts it.</summary>
    Idle,

    /// <summary>Being started or opened.</summary>
    Starting,

    /// <summary>Answering.</summary>
    Ready,

    /// <summary>Failed; it is started again on demand once the wait is over.</summary>
    Waiting,

    /// <summary>Closed for good.</summary>
    Closed,
}
