namespace Writ.Identity.HttpSignatures;

/// <summary>Why a signature of a message is not accepted.</summary>
public enum SignatureFault
{
    /// <summary>It is.</summary>
    None,

    /// <summary>The fields are no signatures in their form, or longer or more than are read.</summary>
    Malformed,

    /// <summary>A component that is covered is of a kind that is not known here.</summary>
    UnknownComponent,

    /// <summary>A component that is covered is not in the message, or not once.</summary>
    MissingComponent,

    /// <summary>A component that has to be covered is not.</summary>
    NotCovered,

    /// <summary>It is for another use.</summary>
    WrongTag,

    /// <summary>It says not when it was made or until when it counts, or that is not now.</summary>
    NotFresh,

    /// <summary>It has no nonce, or one of the wrong length.</summary>
    NoNonce,

    /// <summary>It names another algorithm than its key has.</summary>
    WrongAlgorithm,

    /// <summary>It names no key that is known.</summary>
    UnknownKey,

    /// <summary>It is not the key's over this message.</summary>
    WrongSignature,

    /// <summary>The content is not the one that the digest is of, or there is no digest.</summary>
    WrongDigest,

    /// <summary>It was used before.</summary>
    Replayed,

    /// <summary>The document that its key has to stand in cannot be had.</summary>
    NoDocument,
}
