using Writ.Crypto.Hashing;

namespace Writ.Identity.Tokens;

/// <summary>All that is kept of a token. Immutable; holds nothing from which the token could be made.</summary>
/// <param name="Id">Its public name.</param>
/// <param name="Kind">Whose token it is.</param>
/// <param name="SecretHash">HMAC-SHA-256 under the pepper of kind, id and secret.</param>
/// <param name="ExpiresAt">From this instant on it is refused; none for a token that does not expire.</param>
/// <param name="RevokedAt">When it was revoked; a revoked token stays revoked.</param>
public sealed record TokenRecord(TokenId Id, TokenKind Kind, Hash256 SecretHash, DateTimeOffset? ExpiresAt = null, DateTimeOffset? RevokedAt = null)
{
    /// <summary>The record after revocation. The first revocation counts; there is no way back.</summary>
    public TokenRecord Revoked(DateTimeOffset at) => RevokedAt is null ? this with { RevokedAt = at } : this;
}
