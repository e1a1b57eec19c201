using System.Globalization;
using System.Text.RegularExpressions;

namespace Writ.Governance.Records;

/// <summary>
/// The first part of the names of an installation's logs: its trust domain, and after a restore a name below it that no log had before, such
/// as <c>restored-20261127t101500z.writ.example</c>. A restored log is another log to witnesses and auditors: it begins with records that the
/// old one has too, and never looks like the old one going back.
/// </summary>
public static partial class LogDomain
{
    /// <summary>The domain that a restore at a time gives.</summary>
    public static string At(string trustDomain, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"restored-{at.UtcDateTime:yyyyMMdd't'HHmmss'z'}.{trustDomain}");

    /// <summary>The one domain of a ledger's logs; the trust domain where there is none yet; null where they are of several, or of another trust domain.</summary>
    public static string? Of(string trustDomain, IEnumerable<string> origins)
    {
        var domains = origins.Select(origin => origin.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList();
        return domains switch
        {
            [] => trustDomain,
            [var one] when one == trustDomain || (one.EndsWith("." + trustDomain, StringComparison.Ordinal) && Label().IsMatch(one[..^(trustDomain.Length + 1)])) => one,
            _ => null,
        };
    }

    [GeneratedRegex(@"\Arestored-[0-9]{8}t[0-9]{6}z\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
