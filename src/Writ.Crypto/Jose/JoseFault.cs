namespace Writ.Crypto.Jose;

/// <summary>Why a signature or a token was refused. For records and people; the sender of a token learns only that it was refused.</summary>
public enum JoseFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Longer than the limit.</summary>
    TooLong,

    /// <summary>Not the serialization that was expected: the wrong number of parts, or a part that is not base64url.</summary>
    Malformed,

    /// <summary>The header is not a JSON object, has a duplicate key, or a parameter of the wrong type.</summary>
    MalformedHeader,

    /// <summary><c>alg</c> is missing, <c>none</c>, or outside <see cref="JoseAlgorithm"/>.</summary>
    UnknownAlgorithm,

    /// <summary><c>crit</c> names an extension, and none is understood (RFC 7515 section 4.1.11).</summary>
    CriticalExtension,

    /// <summary>The algorithm is not among those that the verifier accepts.</summary>
    AlgorithmNotAccepted,

    /// <summary>No key of the verifier fits the header.</summary>
    UnknownKey,

    /// <summary>Several keys fit the header; none is guessed.</summary>
    AmbiguousKey,

    /// <summary>The key is of another type, curve, algorithm or use than the signature needs.</summary>
    KeyMismatch,

    /// <summary>The signature does not verify.</summary>
    WrongSignature,

    /// <summary>The claims are not a JSON object, have a duplicate key, or a registered claim of the wrong type.</summary>
    MalformedClaims,

    /// <summary><c>typ</c> is not the expected one.</summary>
    WrongType,

    /// <summary><c>iss</c> is not the expected one.</summary>
    WrongIssuer,

    /// <summary><c>aud</c> does not name the expected audience.</summary>
    WrongAudience,

    /// <summary>A claim that the rules require is absent.</summary>
    MissingClaim,

    /// <summary>The time of <c>exp</c> has come.</summary>
    Expired,

    /// <summary>The time of <c>nbf</c> or <c>iat</c> has not come.</summary>
    NotYetValid,

    /// <summary>The token lives longer, or is older, than the rules allow.</summary>
    LivesTooLong,
}
