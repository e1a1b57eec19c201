namespace Writ.Identity.DataIntegrity;

/// <summary>Why a document's proofs are not accepted.</summary>
public enum ProofFault
{
    /// <summary>They are.</summary>
    None,

    /// <summary>Longer than <see cref="SecuredDocument.MaxBytes"/>.</summary>
    TooLong,

    /// <summary>No JSON object that every reader reads the same, or a proof without what each has.</summary>
    Malformed,

    /// <summary>The document has no proof.</summary>
    NoProof,

    /// <summary>More than <see cref="SecuredDocument.MaxProofs"/> proofs, or two of one key.</summary>
    TooManyProofs,

    /// <summary>Another type, another cryptosuite, or a proof that builds upon another.</summary>
    UnknownKind,

    /// <summary>A proof for another purpose, domain or challenge.</summary>
    WrongPurpose,

    /// <summary>The proof was made for another context than the document has.</summary>
    WrongContext,

    /// <summary>A proof from the future, or past its end.</summary>
    NotInForce,

    /// <summary>The key of a proof is not known.</summary>
    UnknownKey,

    /// <summary>A proof that is asked for is not there.</summary>
    MissingProof,

    /// <summary>A signature is not the key's over this document.</summary>
    WrongSignature,
}
