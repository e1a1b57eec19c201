namespace Writ.Crypto.Keys;

/// <summary>A key file that could not be read or made: what is wrong, where, and what to do. Immutable; never holds key material.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Detail">The circumstance: the mode found, the format expected, the system's message.</param>
public sealed record KeyFileFault(KeyFileFaultKind Kind, string Path, string Detail)
{
    /// <summary>One sentence for the person who starts Writ.</summary>
    public string Message => Kind switch
    {
        KeyFileFaultKind.Missing => $"{Path}: no such key file; restore it from where it is kept, or name the right path",
        KeyFileFaultKind.Exists => $"{Path}: exists already, and a key file is never overwritten; move it away to make a new key",
        KeyFileFaultKind.TooOpen => $"{Path}: {Detail}; others may know this key. If they do not, run: chmod 600 {Path}",
        KeyFileFaultKind.Malformed => $"{Path}: {Detail}",
        KeyFileFaultKind.Unsupported => $"{Path}: {Detail}",
        _ => $"{Path}: the operating system refused: {Detail}",
    };

    /// <summary>The same as <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
