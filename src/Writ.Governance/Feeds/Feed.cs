using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Writ.Governance.Feeds.Formats;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Querying.Language;

namespace Writ.Governance.Feeds;

/// <summary>Which records of an organization go where, and how. Immutable; <see cref="Problem"/> says why one cannot be used.</summary>
public sealed record Feed
{
    /// <summary>The longest URL, in characters.</summary>
    public const int MaxUrlLength = 2_048;

    /// <summary>The most addresses that one names.</summary>
    public const int MaxAddresses = 64;

    /// <summary>The filter that wants every record.</summary>
    public const string Everything = "has kind";

    /// <summary>Made when it is registered: a feed of the same name later is another one.</summary>
    public required Guid Id { get; init; }

    /// <summary>A slug without two hyphens in a row, unique in the organization.</summary>
    public required string Name { get; init; }

    /// <summary>Where records go. The scheme says how: see <see cref="FeedTransport"/>.</summary>
    public required string Url { get; init; }

    /// <summary>What a record looks like there. CloudEvents by default.</summary>
    public FeedFormat Format { get; init; }

    /// <summary>Which records of the decision log, as a filter of docs/querying.md. Every one by default.</summary>
    public string Where { get; init; } = Everything;

    /// <summary>Whether what changes Writ itself, the control log, goes there too. True by default.</summary>
    public bool Control { get; init; } = true;

    /// <summary>Loopback, private or otherwise special addresses that the host may have all the same. None by default.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    [JsonIgnore]
    public FeedTransport Transport => FeedUrl.TransportOf(new Uri(Url));

    /// <summary>What is wrong with it and what to write instead; null when it can be used. Needs no network.</summary>
    [JsonIgnore]
    public string? Problem =>
        !Slug.IsValid(Name) || Name.Contains("--", StringComparison.Ordinal) ? $"name: {Slug.Rule}, no two hyphens in a row"
        : FeedUrl.Problem(Url) is { } url ? $"url: {url}"
        : Where.Length is 0 or > RecordQuery.MaxLength ? $"where: 1 to {RecordQuery.MaxLength} characters; leave it out for every record"
        : AllowedAddresses.IsDefault || AllowedAddresses.Length > MaxAddresses || !AllowedAddresses.All(a => AllowedNetwork.TryRead(a, out _))
            ? $"allowed_addresses: at most {MaxAddresses}, each an IP address or a network such as 10.0.0.0/8"
        : null;

    /// <summary>The networks that <see cref="AllowedAddresses"/> names.</summary>
    public ImmutableArray<IPNetwork> Networks() => [.. AllowedAddresses.Select(a => AllowedNetwork.TryRead(a, out var network) ? network : throw new FormatException(a))];
}
