using System.Globalization;
using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Notes;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Pruning;

/// <summary>
/// Says, signed by the installation, that the records of the first segments were removed on purpose, and where that is recorded. It lies beside
/// the segments as <c>segments.pruned</c> and is durable before the first file goes; a segment that is missing without it was lost. Immutable.
/// </summary>
/// <param name="Ledger">The ledger's id in hex.</param>
/// <param name="LastSegment">All segments up to it may be gone.</param>
/// <param name="Recorded">The records that say who removed what and why, each as its log's origin and its id.</param>
internal sealed record PruningNote(string Ledger, ulong LastSegment, IReadOnlyList<string> Recorded)
{
    public const string FileName = "segments.pruned";

    /// <summary>The longest note: a line for each organization whose records went.</summary>
    private const int MaxLength = 16 << 20;

    private const int FileTooLarge = 27; // EFBIG

    private const string Name = "writ-pruned-segments";

    /// <summary>Reads the note of a folder; null where there is none, or none that a key signed: <paramref name="isRefused"/>. Without keys any is read.</summary>
    public static PruningNote? Read(IDisk disk, string dataFolder, IReadOnlyList<Ed25519PublicKey>? keys, out bool isRefused)
    {
        isRefused = false;
        if (!disk.TryOpen(Path.Combine(dataFolder, FileName), DiskAccess.Read, out var file, out var fault))
        {
            isRefused = !fault.IsNoEntry;
            return null;
        }

        using (file)
        {
            var bytes = new byte[Math.Min(file.Length, MaxLength + 1)];
            SignedNote? note = null;
            isRefused = file.Read(0, bytes, out var count) is not null || count != bytes.Length
                || !SignedNote.TryParse(bytes, MaxLength, out note) || (keys is not null && !keys.Any(key => note.IsSignedBy(NoteVerifierKey.ForLog(Name, key))));
            if (isRefused)
                return null;
            var read = Parse(note!.Text);
            isRefused = read is null;
            return read;
        }
    }

    /// <summary>The origin of the log that a line of <see cref="Recorded"/> names.</summary>
    public static string LogOf(string line) => line.Split(' ')[0];

    /// <summary>Puts the note in place, durably.</summary>
    public DiskFault? Write(IDisk disk, string dataFolder, Ed25519PrivateKey key)
    {
        var path = Path.Combine(dataFolder, FileName);
        var bytes = SignedNote.Sign(ToText(), Name, key).ToBytes();
        // What could not be read again must not be all that vouches for what goes.
        if (bytes.Length > MaxLength)
            return new DiskFault("write", path, FileTooLarge);
        var unfinished = path + SegmentFolder.UnfinishedSuffix;
        if (disk.Delete(unfinished) is { IsNoEntry: false } left)
            return left;
        if (!disk.TryOpen(unfinished, DiskAccess.Create, out var file, out var fault))
            return fault;
        using (file)
            fault = file.Write(0, bytes) ?? file.Flush();
        return fault ?? disk.Rename(unfinished, path) ?? disk.FlushFolder(dataFolder);
    }

    private string ToText()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Name}\n{Ledger}\n{LastSegment}\n");
        foreach (var record in Recorded)
            text.Append(record).Append('\n');
        return text.ToString();
    }

    private static PruningNote? Parse(string text) =>
        text.Split('\n') is [Name, var ledger, var last, .. var recorded, ""]
        && ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PruningNote(ledger, number, recorded)
            : null;
}
