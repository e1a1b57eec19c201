using System.Text.Json;

namespace Writ.Identity.OAuth;

/// <summary>
/// What an access token of Writ's says (RFC 9068): which agent may act, by which of its credentials, where, for whom, and whose key has to prove
/// it. Immutable.
/// </summary>
public sealed record AccessToken
{
    /// <summary>The authorization server: an organization's.</summary>
    public required string Issuer { get; init; }

    /// <summary>The agent, as a SPIFFE id.</summary>
    public required string Agent { get; init; }

    /// <summary>The client: the credential that it was given for, and that it dies with.</summary>
    public required string Client { get; init; }

    /// <summary>When it was signed; set where it was read.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Where it is taken: at this address and below it.</summary>
    public required string Audience { get; init; }

    /// <summary>What alone the agent may use under it, as <c>server/tool</c> separated by spaces; null where that is what it was given.</summary>
    public string? Scope { get; init; }

    /// <summary>The thumbprint of the key that proofs are made with (<c>cnf.jkt</c>); null where it is bound to a certificate.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>The SHA-256 of the certificate, in base64url, that the connection has to show (<c>cnf.x5t#S256</c>); null where it is bound to a key.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>Where others than Writ ask whether the client still stands, and as which number of that list; null where a token does not say.</summary>
    public (string Address, int Index)? Status { get; init; }

    /// <summary>The end user whom the agent acts for, where one was verified.</summary>
    public AccessUser? User { get; init; }

    /// <summary>Who acted before the agent, as the user's token says (RFC 8693 section 4.1): for readers, and nothing is decided by it. An object, or undefined.</summary>
    public JsonElement PriorActor { get; init; }
}
