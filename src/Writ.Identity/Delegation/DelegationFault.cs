namespace Writ.Identity.Delegation;

/// <summary>Why a chain or a proof of possession is refused. For records and people.</summary>
public enum DelegationFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No token, more tokens than <see cref="DelegationLimits.MaxTokens"/>, or a token or chain that is too long.</summary>
    WrongSize,

    /// <summary>A token is no JWS, or its claims are not those of a delegation token.</summary>
    Malformed,

    /// <summary>A token is not of type <c>aat+jwt</c>, or not signed by EdDSA or ES256.</summary>
    WrongType,

    /// <summary>A constraint is of a type that is not known, or not well formed, or nested too deep.</summary>
    UnknownConstraint,

    /// <summary>The root is not signed by this issuer.</summary>
    WrongRoot,

    /// <summary>A token is not signed by the holder of the one before it (I1).</summary>
    WrongHolder,

    /// <summary>A token is not exactly one deeper than the one before it, or deeper than that one allows (I2).</summary>
    WrongDepth,

    /// <summary>A token outlives the one before it, is older than it, or lives longer than 90 days (I3).</summary>
    WrongLifetime,

    /// <summary>A token allows a tool, or an argument, that the one before it does not (I4).</summary>
    WiderTools,

    /// <summary>A token was made under another token than the one before it (I5).</summary>
    WrongParent,

    /// <summary>A token names another organization, person or agreement than the one before it.</summary>
    OtherPrincipal,

    /// <summary>A token is for an audience that the one before it is not for.</summary>
    WiderAudience,

    /// <summary>A token may spend more, or spends another currency, than the one before it.</summary>
    WiderSpend,

    /// <summary>A token allows more calls than the one before it.</summary>
    WiderCalls,

    /// <summary>A token allows data that the one before it does not.</summary>
    WiderData,

    /// <summary>A token names another purpose, or another place for its status, than the one before it.</summary>
    OtherPurpose,

    /// <summary>An agent is on the chain twice.</summary>
    Cycle,

    /// <summary>A token has expired.</summary>
    Expired,

    /// <summary>A token was issued in the future.</summary>
    NotYetValid,

    /// <summary>The proof of possession is missing, malformed, or not signed by the holder of the last token (I6).</summary>
    WrongProof,

    /// <summary>The proof is for another token, tool, audience or other arguments (I6).</summary>
    ProofOfSomethingElse,

    /// <summary>The proof is older than 30 seconds, or from the future.</summary>
    ProofNotFresh,

    /// <summary>The proof was used before.</summary>
    ProofReplayed,

    /// <summary>The last token does not allow the tool with these arguments.</summary>
    NotAllowed,
}
