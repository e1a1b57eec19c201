namespace Writ.Governance.Feeds;

/// <summary>Where a feed may send to.</summary>
internal static class FeedUrl
{
    private static readonly Dictionary<string, FeedTransport> Schemes = new(StringComparer.Ordinal)
    {
        ["https"] = FeedTransport.Webhook,
        ["http"] = FeedTransport.Webhook,
        ["syslog+tls"] = FeedTransport.SyslogTls,
        ["syslog+tcp"] = FeedTransport.SyslogTcp,
        ["syslog+udp"] = FeedTransport.SyslogUdp,
    };

    /// <summary>The transport of a URL that has no <see cref="Problem"/>.</summary>
    public static FeedTransport TransportOf(Uri url) => Schemes[url.Scheme];

    /// <summary>What is wrong with a URL; null when it can be sent to. A secret in it would stand in every record, so it may not have one.</summary>
    public static string? Problem(string text) =>
        text.Length > Feed.MaxUrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var url) || !Schemes.TryGetValue(url.Scheme, out var transport) || url.Host.Length == 0
            ? $"https://…, syslog+tls://host:port, syslog+tcp://host:port or syslog+udp://host:port, at most {Feed.MaxUrlLength} characters"
        : url.UserInfo.Length > 0 ? "it carries a user name or password, which would stand in every record"
        : url.Query.Length > 0 || url.Fragment.Length > 0 || text.Contains('?') || text.Contains('#') ? "it has a query or a fragment, and may have none"
        : transport != FeedTransport.Webhook && (url.Port <= 0 || url.AbsolutePath is not ("" or "/")) ? "write a host and a port, such as syslog+tls://siem.example:6514"
        : null;
}
