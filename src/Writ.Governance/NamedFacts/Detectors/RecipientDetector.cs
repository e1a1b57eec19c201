using System.Net;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// The domains that mail goes to, of lists of addresses as in RFC 5322: display names, quoted parts, comments and groups are read and left
/// out, so that a name that looks like an address counts for nothing. An address that cannot be read makes the fact unavailable.
/// </summary>
internal static class RecipientDetector
{
    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var domains = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var text in texts)
        {
            if (AddressList.Read(text) is not { } addresses)
                return new PoisonValue("the recipients are no list of addresses");
            foreach (var address in addresses)
            {
                if (DomainOf(address) is not { } domain)
                    return new PoisonValue("a recipient has no readable domain");
                domains.Add(domain);
                count++;
            }
        }

        return RecordValue.Of(("count", count), ("domains", DetectorInput.Set(domains)));
    }

    private static string? DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0)
            return null;
        var (local, domain) = (address[..at], address[(at + 1)..]);
        if (local.Length > 64 || (!local.StartsWith('"') && local.Any(c => c is '@' or '"' or '%' or '!' || char.IsWhiteSpace(c))))
            return null; // a%b@relay and a!b@relay are routes: where they end is not what they say
        if (domain.StartsWith('[') && domain.EndsWith(']'))
            return IPAddress.TryParse(domain[1..^1].Replace("IPv6:", "", StringComparison.OrdinalIgnoreCase), out var ip) ? $"[{ip}]" : null;
        return HostName.Read(domain) is { } name && !HostName.LooksLikeAddress(name) ? name : null;
    }
}
