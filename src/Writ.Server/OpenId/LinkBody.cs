namespace Writ.Server.OpenId;

/// <summary>An account with an OpenID provider.</summary>
/// <param name="Provider">Which provider.</param>
/// <param name="Subject">The account's <c>sub</c>.</param>
/// <param name="Reason">Where a link is removed, why.</param>
internal sealed record LinkBody(string Provider, string Subject, string? Reason = null);
