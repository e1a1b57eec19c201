using System.Collections.Frozen;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// The part of a host's name that somebody registered: <c>example.co.uk</c> of <c>www.example.co.uk</c>. By a small list of suffixes
/// under which strangers register; where it does not know one, the answer is longer, never shorter, in countries that sell below a second level.
/// </summary>
internal static class RegistrableDomain
{
    // Below these, everybody can have a name. A subset, dated in docs/facts.md.
    private static readonly FrozenSet<string> Suffixes = new[]
    {
        "github.io", "githubusercontent.com", "gitlab.io", "pages.dev", "workers.dev", "web.app", "firebaseapp.com", "appspot.com", "run.app",
        "herokuapp.com", "netlify.app", "vercel.app", "onrender.com", "fly.dev", "azurewebsites.net", "azurestaticapps.net", "cloudfront.net",
        "blogspot.com", "myshopify.com", "ngrok.io", "ngrok.app", "ngrok-free.app", "trycloudflare.com", "glitch.me", "surge.sh",
        "duckdns.org", "dyndns.org", "no-ip.org", "s3.amazonaws.com", "elasticbeanstalk.com", "uk.com", "us.com", "eu.com", "de.com",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Second levels that registries of countries keep for themselves.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "id", "info", "ltd", "me", "mil", "ne", "net", "nhs", "nom", "or", "org",
        "plc", "police", "sch", "school", "web", "govt", "asn", "adv", "ind", "gen", "firm",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The registrable domain; the name itself where it is a suffix or has one label.</summary>
    public static string Of(string host)
    {
        var labels = host.Split('.');
        var suffix = 1;
        if (labels.Length >= 2 && labels[^1].Length == 2 && Reserved.Contains(labels[^2]))
            suffix = 2;
        for (var count = 2; count <= Math.Min(3, labels.Length); count++)
        {
            if (Suffixes.Contains(string.Join('.', labels[^count..])))
                suffix = count;
        }

        return string.Join('.', labels[^Math.Min(labels.Length, suffix + 1)..]);
    }
}
