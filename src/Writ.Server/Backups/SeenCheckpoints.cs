using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>
/// The newest checkpoint of each old log that was shown at a restore. Only what one of the installation's keys signed counts: nobody else can
/// make up a loss.
/// </summary>
internal sealed class SeenCheckpoints
{
    private const string Code = "WRIT2094";
    private readonly Dictionary<string, (Checkpoint Checkpoint, bool Cosigned)> _newest = new(StringComparer.Ordinal);

    private SeenCheckpoints()
    {
    }

    /// <summary>Reads files and folders of files; each file has to be a checkpoint under one of the keys.</summary>
    public static SeenCheckpoints? Read(IEnumerable<string> places, IReadOnlyList<Ed25519PublicKey> keys, out InstallationFault? fault)
    {
        var seen = new SeenCheckpoints();
        foreach (var file in places.SelectMany(FilesAt))
        {
            if (!File.Exists(file) || new FileInfo(file).Length > SignedNote.MaxLength)
            {
                fault = new InstallationFault(Code, $"{file} is no checkpoint: there is no such file, or it is too long");
                return null;
            }

            if (!SignedNote.TryParse(File.ReadAllBytes(file), out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint)
                || !keys.Any(key => note.IsSignedBy(NoteVerifierKey.ForLog(checkpoint.Origin, key))))
            {
                fault = new InstallationFault(Code, $"{file} is no checkpoint that a key of this installation signed");
                return null;
            }

            if (!seen._newest.TryGetValue(checkpoint.Origin, out var known) || known.Checkpoint.Size <= checkpoint.Size)
                seen._newest[checkpoint.Origin] = (checkpoint, note.Signatures.Count > 1);
        }

        fault = null;
        return seen;
    }

    /// <summary>The newest of a log; null where none was shown.</summary>
    public (Checkpoint Checkpoint, bool Cosigned)? Of(string origin) => _newest.TryGetValue(origin, out var newest) ? newest : null;

    /// <summary>Why a log that was restored up to a size is not the one that was seen; null where it is.</summary>
    public InstallationFault? Contradiction(LogicalLog log, ulong restored) =>
        Of(log.Origin) is { Checkpoint: var seen } && seen.Size <= restored && log.RootAt(seen.Size) != seen.Root
            ? new InstallationFault(Code, $"the backup holds another history of {log.Origin} than the checkpoint of size {seen.Size} that was shown: find out which is the right one")
            : null;

    private static IEnumerable<string> FilesAt(string place) =>
        Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.checkpoint", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [place];
}
