using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;

namespace Writ.Identity.Delegation;

/// <summary>One link of a chain, read but not verified: terms, holder's key and where it hangs. Immutable and thread safe.</summary>
public sealed class DelegationToken
{
    /// <summary>The value of <c>typ</c>.</summary>
    public const string MediaType = "aat+jwt";

    internal DelegationToken(CompactJws jws, string id, string issuer, int depth, JsonWebKey holder, Hash256? parent, DelegationTerms terms)
    {
        Jws = jws;
        Id = id;
        Issuer = issuer;
        Depth = depth;
        Holder = holder;
        Parent = parent;
        Terms = terms;
        Hash = Hash256.Of(jws.Signature.SigningInput.Span);
    }

    /// <summary><c>jti</c>, 1 to 128 characters that its issuer chose.</summary>
    public string Id { get; }

    /// <summary><c>iss</c>: on a root the issuer's own name, on a child the thumbprint URI of the parent's holder.</summary>
    public string Issuer { get; }

    /// <summary><c>del_depth</c>: 0 on a root.</summary>
    public int Depth { get; }

    /// <summary><c>cnf.jwk</c>: the key of the agent that holds the token, Ed25519 or P-256.</summary>
    public JsonWebKey Holder { get; }

    /// <summary><c>par_hash</c>: the hash of the parent; null on a root.</summary>
    public Hash256? Parent { get; }

    /// <summary>What it allows whom.</summary>
    public DelegationTerms Terms { get; }

    /// <summary>SHA-256 of the signing input: names the token, whatever its signature.</summary>
    public Hash256 Hash { get; }

    internal CompactJws Jws { get; }
}
