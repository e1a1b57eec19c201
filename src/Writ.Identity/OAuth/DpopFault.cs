namespace Writ.Identity.OAuth;

/// <summary>Why a proof of possession was refused.</summary>
public enum DpopFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>It is no proof: not a JWT of type <c>dpop+jwt</c>, not signed by the public key in its header, a claim missing, or too old.</summary>
    Malformed,

    /// <summary>It was made for another method or another address.</summary>
    WrongRequest,

    /// <summary>It was made for another access token, or for none.</summary>
    WrongToken,

    /// <summary>It has no nonce of this server that is still taken.</summary>
    NonceNeeded,

    /// <summary>It was shown before, or there is no room to remember it.</summary>
    Replayed,
}
