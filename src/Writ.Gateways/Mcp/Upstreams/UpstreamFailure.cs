namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Why an upstream gave no answer of its own.</summary>
public enum UpstreamFailure
{
    /// <summary>Its definition, its sandbox or its address is refused; nothing was started or connected.</summary>
    Refused,

    /// <summary>It could not be started or reached, or waits before it is started again.</summary>
    NotStarted,

    /// <summary>Too many calls wait for it.</summary>
    Overloaded,

    /// <summary>It gave no answer in time; it was told that the call is cancelled.</summary>
    TimedOut,

    /// <summary>The caller went away; the upstream was told.</summary>
    Cancelled,

    /// <summary>It ended, or closed the connection, before it answered.</summary>
    Died,

    /// <summary>Its answer is longer than the bound.</summary>
    TooLarge,

    /// <summary>What it sent is not an answer of the protocol.</summary>
    Garbage,

    /// <summary>Writ has closed it.</summary>
    Closed,
}
