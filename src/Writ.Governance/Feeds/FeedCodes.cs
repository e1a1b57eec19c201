namespace Writ.Governance.Feeds;

/// <summary>The codes of what can go wrong with a feed; docs/errors.md says what to do.</summary>
public static class FeedCodes
{
    /// <summary>The log is not the one that was followed: it was restored, or is another.</summary>
    public const string LogDiffers = "WRIT2110";

    /// <summary>The other side was not reached, or did not take what was sent.</summary>
    public const string NotTaken = "WRIT2111";

    /// <summary>The other side wants nothing more.</summary>
    public const string Gone = "WRIT2112";

    /// <summary>The place to send to may not be used: its address or its certificate.</summary>
    public const string PlaceRefused = "WRIT2113";

    /// <summary>A secret is not there.</summary>
    public const string SecretMissing = "WRIT2114";

    /// <summary>Where the feed had come to cannot be read or kept.</summary>
    public const string CursorUnusable = "WRIT2115";

    /// <summary>The log or its index could not be read.</summary>
    public const string LogUnreadable = "WRIT2012";
}
