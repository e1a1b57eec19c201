using System.Net;
using Writ.Governance.Feeds;

namespace Writ.Gateways.Feeds;

/// <summary>Makes what a feed's records go out by.</summary>
public static class FeedSinks
{
    /// <summary>A sink of its own for one follower. Whoever opened it disposes it, where it can be.</summary>
    public static IFeedSink Open(Feed feed, FeedSecrets secrets, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return feed.Transport switch
        {
            FeedTransport.Webhook => new WebhookSink(feed, secrets, Dns.GetHostAddressesAsync, time),
            FeedTransport.SyslogUdp => new SyslogUdpSink(feed, Dns.GetHostAddressesAsync),
            _ => new SyslogSink(feed, Dns.GetHostAddressesAsync),
        };
    }
}
