namespace Writ.Crypto.Keys;

/// <summary>Why a key file could not be read or made.</summary>
public enum KeyFileFaultKind
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>A file is there already; a key file is never overwritten.</summary>
    Exists,

    /// <summary>Group or others may read, write or execute it, so the key may be known to others.</summary>
    TooOpen,

    /// <summary>It is not a key of the purpose asked for, in the one format.</summary>
    Malformed,

    /// <summary>The operating system refused: no right, no space, a failed flush.</summary>
    Io,

    /// <summary>This operating system has no file modes to check.</summary>
    Unsupported,
}
