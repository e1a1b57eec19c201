using Writ.Governance.Organizations;

namespace Writ.Governance.OAuth;

/// <summary>
/// What Writ is called in tokens: each organization is an authorization server of its own, <c>ORIGIN/o/ORGANIZATION</c>, and all of them guard the
/// one resource server <c>ORIGIN</c>. The origin is Writ's own to say: what a request calls it does not count. Thread safe.
/// </summary>
/// <param name="address">Where Writ is reached, asked for when it is needed.</param>
public sealed class OAuthIssuers(Func<Uri> address)
{
    private const string Middle = "/o/";

    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Origin => address().GetLeftPart(UriPartial.Authority);

    /// <summary>The issuer identifier of an organization.</summary>
    public string Of(OrganizationId organization) => Origin + Middle + organization;

    /// <summary>The organization that an issuer identifier is of, whether there is one or not; null for every other text.</summary>
    public OrganizationId? OrganizationOf(string issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        var prefix = Origin + Middle;
        return issuer.StartsWith(prefix, StringComparison.Ordinal) && OrganizationId.TryParse(issuer[prefix.Length..], null, out var organization) ? organization : null;
    }

    /// <summary>Whether a token may be for that: the origin, or a path below it that can be written in one way only.</summary>
    public bool IsResource(string resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource == Origin)
            return true;
        return resource.StartsWith(Origin + "/", StringComparison.Ordinal)
            && resource[(Origin.Length + 1)..].Split('/').All(part => part is not ("" or "." or "..") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~'));
    }

    /// <summary>Whether a request for a path is for a resource: at it, or below it.</summary>
    public bool Covers(string resource, string path)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var asked = Origin + path;
        return asked.StartsWith(resource, StringComparison.Ordinal) && (asked.Length == resource.Length || asked[resource.Length] == '/') && IsResource(resource);
    }
}
