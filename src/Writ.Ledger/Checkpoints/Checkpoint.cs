using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Checkpoints;

/// <summary>What a log promises never to take back: origin, size, root (C2SP tlog-checkpoint v1.0.0). Immutable.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">How many records it has.</param>
/// <param name="Root">The RFC 6962 root over them.</param>
public sealed record Checkpoint(string Origin, ulong Size, Hash256 Root)
{
    /// <summary>The body of the signed note: three lines. Writ adds no extension lines.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>Reads the body of a note. Extension lines are allowed and ignored; a size with leading zeros or sign is not.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = text.Split('\n');
        if (lines.Length < 4
            || lines[^1].Length != 0
            || lines[0].Length == 0
            || !ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1]
            || !Hash256.TryParseBase64(lines[2], out var root)
            || lines.AsSpan(3, lines.Length - 4).Contains(""))
            return false;
        checkpoint = new Checkpoint(lines[0], size, root);
        return true;
    }

    /// <summary>Signs it under its origin as key name.</summary>
    public SignedNote Sign(Ed25519PrivateKey key) => SignedNote.Sign(ToText(), Origin, key);
}
