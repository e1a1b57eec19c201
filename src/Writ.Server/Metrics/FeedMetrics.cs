using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Server.Feeds;

namespace Writ.Server.Metrics;

/// <summary>How far behind the feeds of an organization are, and which do not get through.</summary>
internal sealed class FeedMetrics(RegistryHolder registry, FeedHost host) : IMetricSource
{
    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        var own = ("organization", organization.ToString());
        var feeds = registry.Current.Organizations[organization].Feeds.Values.SelectMany(f => host.LogsOf(f.Feed).Select(l => (Feed: ("feed", f.Feed.Name), Log: ("log", l.Log), l.State))).ToList();
        writer.Family("writ_feed_records_behind", MetricKind.Gauge, "Records of a log that a feed has not come to yet.");
        foreach (var (feed, log, state) in feeds)
            writer.Sample((long)state.Behind, own, feed, log);
        writer.Family("writ_feed_delivered_total", MetricKind.Counter, "Records that the other side of a feed took.");
        foreach (var (feed, log, state) in feeds)
            writer.Sample(state.Delivered, own, feed, log);
        writer.Family("writ_feed_failing", MetricKind.Gauge, "1 where the last try of a feed failed and it tries again.");
        foreach (var (feed, log, state) in feeds)
            writer.Sample(state.Standing is FeedStanding.Retrying or FeedStanding.Stalled ? 1 : 0, own, feed, log);
        writer.Family("writ_feed_stalled", MetricKind.Gauge, "1 where a feed has failed for a day, or has stopped.");
        foreach (var (feed, log, state) in feeds)
            writer.Sample(state.Standing >= FeedStanding.Stalled ? 1 : 0, own, feed, log);
    }
}
