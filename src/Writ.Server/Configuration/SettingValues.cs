using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Writ.Server.Archiving;

namespace Writ.Server.Configuration;

/// <summary>The notations of values. A number without the unit it needs, or with one that is not known, is never guessed at.</summary>
internal static partial class SettingValues
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    public static Reading<string> Path(SettingText value)
    {
        var text = value.Text;
        if (text.Length == 0 || text.Contains('\0'))
            return Reading<string>.Unreadable;
        if (text == "~" || text.StartsWith("~/", StringComparison.Ordinal))
        {
            if (value.Home is null)
                return Reading<string>.Outside("'~' stands for HOME, which is not set: write the whole path");
            text = value.Home + text[1..];
        }

        return Reading<string>.Of(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(text, value.Folder)));
    }

    public static Reading<IPEndPoint> Endpoint(SettingText value)
    {
        var match = EndpointForm().Match(value.Text);
        if (!match.Success)
            return Reading<IPEndPoint>.Unreadable;
        var host = match.Groups["host"].Value;
        var port = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
        if (port > IPEndPoint.MaxPort)
            return Reading<IPEndPoint>.Outside("a port is 0 to 65535; 0 takes a free one");
        if (host == "localhost")
            return Reading<IPEndPoint>.Of(new IPEndPoint(IPAddress.Loopback, port));
        return IPAddress.TryParse(host, out var address)
            && (address.ToString() == host || host[0] == '[') // "127.1" and "0x7f.1" are addresses to the parser, and traps to a reader
                ? Reading<IPEndPoint>.Of(new IPEndPoint(address, port))
                : Reading<IPEndPoint>.Unreadable;
    }

    /// <summary>An absolute URL without a secret in it; in clear only to this machine.</summary>
    public static Reading<Uri> CollectorUrl(SettingText value) =>
        !Uri.TryCreate(value.Text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0 ? Reading<Uri>.Unreadable
        : url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 ? Reading<Uri>.Outside("no user, query or fragment: secrets go into the headers")
        : url.Scheme == "http" && !url.IsLoopback ? Reading<Uri>.Outside("https, except to this machine")
        : Reading<Uri>.Of(url);

    public static Reading<Uri> PublicUrl(SettingText value) =>
        !Uri.TryCreate(value.Text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url is not { UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" } ? Reading<Uri>.Unreadable
        : url.Scheme == "http" && !url.IsLoopback ? Reading<Uri>.Outside("https, except on this machine")
        : Reading<Uri>.Of(url);

    public static Reading<string> VariableName(SettingText value) =>
        VariableForm().IsMatch(value.Text) ? Reading<string>.Of(value.Text) : Reading<string>.Unreadable;

    /// <summary>SPIFFE ID 2.1: at most 255 characters of lower-case letters, digits, dots, dashes and underscores.</summary>
    public static Reading<string> TrustDomain(SettingText value) =>
        !TrustDomainForm().IsMatch(value.Text) ? Reading<string>.Unreadable
        : value.Text.Length > 255 ? Reading<string>.Outside("at most 255 characters")
        : Reading<string>.Of(value.Text);

    public static Reading<LogLevel> Level(SettingText value) => value.Text switch
    {
        "debug" => Reading<LogLevel>.Of(LogLevel.Debug),
        "information" => Reading<LogLevel>.Of(LogLevel.Information),
        "warning" => Reading<LogLevel>.Of(LogLevel.Warning),
        "error" => Reading<LogLevel>.Of(LogLevel.Error),
        _ => Reading<LogLevel>.Unreadable,
    };

    public static Reading<bool> Flag(SettingText value) => value.Text switch
    {
        "true" => Reading<bool>.Of(true),
        "false" => Reading<bool>.Of(false),
        _ => Reading<bool>.Unreadable,
    };

    public static Reading<long> Bytes(SettingText value, long least, long most, int multipleOf)
    {
        var match = BytesForm().Match(value.Text);
        if (!match.Success)
            return Reading<long>.Unreadable;
        var unit = match.Groups["unit"].Value switch { "KiB" => 1L << 10, "MiB" => 1L << 20, "GiB" => 1L << 30, _ => 1L };
        var bytes = long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * unit;
        return bytes < least || bytes > most
            ? Reading<long>.Outside(string.Create(CultureInfo.InvariantCulture, $"at least {least:N0} and at most {most:N0} bytes"))
            : bytes % multipleOf != 0 ? Reading<long>.Outside(string.Create(CultureInfo.InvariantCulture, $"a multiple of {multipleOf} bytes"))
            : Reading<long>.Of(bytes);
    }

    public static Reading<TimeSpan> Duration(SettingText value, TimeSpan least, TimeSpan most)
    {
        var match = DurationForm().Match(value.Text);
        if (!match.Success)
            return Reading<TimeSpan>.Unreadable;
        var number = long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var duration = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
        return duration < least || duration > most
            ? Reading<TimeSpan>.Outside($"at least {Say(least)} and at most {Say(most)}")
            : Reading<TimeSpan>.Of(duration);
    }

    public static Reading<double> Rate(SettingText value)
    {
        var match = RateForm().Match(value.Text);
        if (!match.Success)
            return Reading<double>.Unreadable;
        var seconds = match.Groups["unit"].Value switch { "s" => 1, "m" => 60, _ => 3600 };
        var rate = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) / seconds;
        return rate is <= 0 or > 1_000_000 ? Reading<double>.Outside("above 0 and at most 1,000,000 a second") : Reading<double>.Of(rate);
    }

    public static Reading<int> Count(SettingText value, int least, int most) =>
        !int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Reading<int>.Unreadable
        : count < least || count > most ? Reading<int>.Outside(string.Create(CultureInfo.InvariantCulture, $"at least {least:N0} and at most {most:N0}"))
        : Reading<int>.Of(count);

    public static Reading<ArchiveAddress> Archive(SettingText value) =>
        ArchiveAddress.Parse(value.Text) is { } address ? Reading<ArchiveAddress>.Of(address) : Reading<ArchiveAddress>.Unreadable;

    public static Reading<Uri> S3Endpoint(SettingText value) =>
        ArchiveTargets.Endpoint(value.Text) is { } endpoint ? Reading<Uri>.Of(endpoint) : Reading<Uri>.Unreadable;

    public static Reading<string> Region(SettingText value) => RegionForm().IsMatch(value.Text) ? Reading<string>.Of(value.Text) : Reading<string>.Unreadable;

    private static string Say(TimeSpan span) =>
        span.TotalSeconds < 1 ? $"{span.TotalMilliseconds:0}ms" : span.TotalHours >= 1 ? $"{span.TotalHours:0}h" : $"{span.TotalSeconds:0}s";

    [GeneratedRegex(@"\A(?<host>[0-9]{1,3}(\.[0-9]{1,3}){3}|localhost|\[[0-9a-fA-F:.]{2,45}\]):(?<port>[0-9]{1,6})\z", Plain)]
    private static partial Regex EndpointForm();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,127}\z", Plain)]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\A[a-z0-9-]{2,40}\z", Plain)]
    private static partial Regex RegionForm();

    [GeneratedRegex(@"\A[a-z0-9._-]+\z", Plain)]
    private static partial Regex TrustDomainForm();

    [GeneratedRegex(@"\A(?<number>[0-9]{1,9})( ?(?<unit>KiB|MiB|GiB))?\z|\A(?<number>[0-9]{10,15})\z", Plain)]
    private static partial Regex BytesForm();

    [GeneratedRegex(@"\A(?<number>[0-9]{1,9}) ?(?<unit>ms|s|m|h)\z", Plain)]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"\A(?<number>[0-9]{1,9}) ?/ ?(?<unit>s|m|h)\z", Plain)]
    private static partial Regex RateForm();
}
