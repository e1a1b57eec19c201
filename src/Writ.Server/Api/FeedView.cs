using System.Collections.Immutable;
using Writ.Gateways.Feeds;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;
using Writ.Governance.Organizations;
using Writ.Server.Feeds;

namespace Writ.Server.Api;

/// <summary>A feed as people see it: what goes where, and how it stands. A secret is never shown, only where it comes from.</summary>
internal sealed record FeedView(string Name, string Url, FeedFormat Format, string Where, ImmutableArray<FeedLogView> Logs)
{
    /// <summary>The variable that holds its secrets; null where nothing is signed.</summary>
    public string? SecretVariable { get; init; }

    /// <summary>Whether the variable holds something to sign with. Without that nothing is sent.</summary>
    public bool? SecretSet { get; init; }

    public static FeedView Of(OrganizationId organization, Feed feed, FeedHost host)
    {
        var view = new FeedView(feed.Name, feed.Url, feed.Format, feed.Where, [.. host.LogsOf(feed).Select(FeedLogView.Of)]);
        return feed.Transport == FeedTransport.Webhook
            ? view with { SecretVariable = FeedSecrets.VariableOf(organization, feed.Name), SecretSet = host.Secrets.Find(organization, feed.Name) is not null }
            : view;
    }
}
