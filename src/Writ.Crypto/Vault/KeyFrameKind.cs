namespace Writ.Crypto.Vault;

/// <summary>What a frame of the key store says.</summary>
internal enum KeyFrameKind : byte
{
    /// <summary>The file is a key store; its id.</summary>
    Header = 1,

    /// <summary>An organization's key, wrapped under the master key.</summary>
    Organization = 2,

    /// <summary>A subject's key, wrapped under its organization's.</summary>
    Subject = 3,

    /// <summary>The id of a key that was destroyed, and nothing else of it.</summary>
    Erased = 4,
}
