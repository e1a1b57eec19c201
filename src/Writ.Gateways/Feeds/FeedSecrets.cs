using System.Buffers.Text;
using System.Collections.Immutable;
using Writ.Governance.Organizations;

namespace Writ.Gateways.Feeds;

/// <summary>
/// Where the secrets that sign webhooks come from: the environment of the installation, under a name that follows from the organization and the
/// feed. One, or two while one takes the other's place, with a blank between; each <c>whsec_</c> and Base64 of 24 to 64 bytes, as Standard
/// Webhooks has it. They are read for every batch and kept nowhere. Thread safe.
/// </summary>
/// <param name="environment">Reads a variable; null where there is none.</param>
public sealed class FeedSecrets(Func<string, string?> environment)
{
    private const string Prefix = "whsec_";
    private const int MostSecrets = 2;

    /// <summary>The variable of a feed. A feed's name has no two hyphens in a row, so two feeds never share one.</summary>
    public static string VariableOf(OrganizationId organization, string feed) => $"WRIT_FEED_{Upper(organization.ToString())}__{Upper(feed)}";

    /// <summary>The keys to sign with; null where there is none, or anything there that is none.</summary>
    public ImmutableArray<byte[]>? Find(OrganizationId organization, string feed)
    {
        if (environment(VariableOf(organization, feed)) is not { Length: > 0 and <= 1_024 } text)
            return null;
        var keys = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToArray();
        return keys.Length is > 0 and <= MostSecrets && keys.All(k => k is { Length: >= 24 and <= 64 }) ? [.. keys!] : null;
    }

    private static byte[]? Read(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var key = new byte[secret.Length];
        return Base64.IsValid(secret.AsSpan(Prefix.Length)) && Convert.TryFromBase64Chars(secret.AsSpan(Prefix.Length), key, out var length) ? key[..length] : null;
    }

    private static string Upper(string slug) => slug.ToUpperInvariant().Replace('-', '_');
}
