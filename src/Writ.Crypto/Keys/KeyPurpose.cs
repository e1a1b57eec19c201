namespace Writ.Crypto.Keys;

/// <summary>What a secret is for. A file of one purpose is never taken for another.</summary>
public enum KeyPurpose
{
    /// <summary>The seed of the ledger's signing key; in the file <c>writ-signing-key</c>.</summary>
    SigningKey,

    /// <summary>The key under which token secrets are hashed; in the file <c>writ-token-pepper</c>.</summary>
    TokenPepper,

    /// <summary>The key over all organizations' payload keys; in the file <c>writ-vault-master-key</c>.</summary>
    VaultMasterKey,

    /// <summary>The seed of the key that a publisher signs bundles with; in the file <c>writ-bundle-signing-key</c>.</summary>
    BundleSigningKey,

    /// <summary>The seed of the key that a witness cosigns checkpoints with; in the file <c>writ-witness-key</c>.</summary>
    WitnessKey,
}
