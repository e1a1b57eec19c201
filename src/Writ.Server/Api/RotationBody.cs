using System.Text.Json;

namespace Writ.Server.Api;

/// <summary>The key that follows another: what the old one signed, or why it counts no more.</summary>
internal sealed record RotationBody
{
    /// <summary>Of a key pair: the certificate signing request, PEM, that the new key signed.</summary>
    public string? Request { get; init; }

    /// <summary>Of an OAuth client: the new key, a JWK set of one, by value.</summary>
    public JsonElement? Jwks { get; init; }

    /// <summary>For how many days it works.</summary>
    public int Days { get; init; } = 90;

    /// <summary>The old key's signature in base64; none where it was compromised.</summary>
    public string? Proof { get; init; }

    /// <summary>Of an OAuth client: the new key's signature in base64.</summary>
    public string? Possession { get; init; }

    /// <summary>Why the old key counts no more, in 1 to 500 characters: it is revoked at once, and what it signs is not asked for.</summary>
    public string? Compromised { get; init; }
}
