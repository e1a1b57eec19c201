using System.Collections.Immutable;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;

namespace Writ.Server.Api;

/// <summary>A feed to be registered.</summary>
internal sealed record FeedBody
{
    public required string Name { get; init; }

    public required string Url { get; init; }

    public FeedFormat Format { get; init; }

    public string Where { get; init; } = Feed.Everything;

    public bool Control { get; init; } = true;

    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    /// <summary>Whether everything that was recorded before goes out as well.</summary>
    public bool FromStart { get; init; }

    public Feed ToFeed(Guid id) => new() { Id = id, Name = Name, Url = Url, Format = Format, Where = Where, Control = Control, AllowedAddresses = AllowedAddresses };
}
