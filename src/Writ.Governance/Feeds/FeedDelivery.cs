namespace Writ.Governance.Feeds;

/// <summary>What became of a batch.</summary>
public abstract record FeedDelivery
{
    private FeedDelivery()
    {
    }

    /// <summary>The other side has it, and said so.</summary>
    public sealed record Done : FeedDelivery
    {
        private Done()
        {
        }

        public static Done Instance { get; } = new();
    }

    /// <summary>Not now: it is tried again, for as long as it takes.</summary>
    /// <param name="Code">A code of docs/errors.md.</param>
    /// <param name="Detail">Why, for people. Nothing of what was sent or of a secret.</param>
    /// <param name="After">When the other side asked to be left alone for; null where it said nothing.</param>
    public sealed record Failed(string Code, string Detail, TimeSpan? After = null) : FeedDelivery;

    /// <summary>The other side wants nothing more: the feed stops until somebody does something about it.</summary>
    /// <param name="Code">A code of docs/errors.md.</param>
    /// <param name="Detail">Why, for people.</param>
    public sealed record Ended(string Code, string Detail) : FeedDelivery;
}
