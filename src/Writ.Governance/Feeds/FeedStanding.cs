namespace Writ.Governance.Feeds;

/// <summary>How a feed stands.</summary>
public enum FeedStanding
{
    /// <summary>It was never tried yet: nothing is recorded that it would send.</summary>
    Waiting,

    /// <summary>What was tried last went out.</summary>
    Following,

    /// <summary>What was tried last did not go out, and is tried again.</summary>
    Retrying,

    /// <summary>The same, for longer than it may take. It is tried on; nothing is left out.</summary>
    Stalled,

    /// <summary>Nothing is sent until somebody does something about it.</summary>
    Stopped,
}
