namespace Writ.Governance.Feeds;

/// <summary>A port: where records go out. A follower calls it from one place at a time.</summary>
public interface IFeedSink
{
    /// <summary>
    /// Hands over a batch, whole: unless the answer is <see cref="FeedDelivery.Done"/>, the same batch comes again, also after a restart of the
    /// process. Throws only when <paramref name="cancellation"/> fires, which it does after <see cref="FeedOptions.DeliveryTimeout"/>.
    /// </summary>
    ValueTask<FeedDelivery> DeliverAsync(FeedBatch batch, CancellationToken cancellation);
}
