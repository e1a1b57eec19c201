namespace Writ.Governance.Feeds;

/// <summary>How records go out, as the scheme of a feed's URL says.</summary>
public enum FeedTransport
{
    /// <summary><c>https://</c>, and <c>http://</c> to allowed addresses: a signed POST for each batch.</summary>
    Webhook,

    /// <summary><c>syslog+tls://</c>: RFC 5424 over RFC 5425.</summary>
    SyslogTls,

    /// <summary><c>syslog+tcp://</c>, to allowed addresses: RFC 5424 with the octet counting of RFC 6587.</summary>
    SyslogTcp,

    /// <summary><c>syslog+udp://</c>, to allowed addresses: RFC 5424 over RFC 5426. What is lost on the way is lost.</summary>
    SyslogUdp,
}
