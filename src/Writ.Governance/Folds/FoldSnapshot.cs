using System.Security.Cryptography;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Retention;

namespace Writ.Governance.Folds;

/// <summary>
/// The state of a <see cref="DecisionLogFold"/> as bytes, so that a start need not fold every record there ever was. It grants nothing
/// that no record gave (T87): it is believed only where its code was made with this installation's key, over records that the log holds, by the very build
/// that reads it; else every record is folded. Thread safe.
/// </summary>
/// <param name="key">What its code is made with; lies apart from the data.</param>
/// <param name="build">Which build folds. What another made is not believed: its folds may differ.</param>
public sealed class FoldSnapshot(byte[] key, Guid build)
{
    /// <summary>The longest snapshot that is made or read.</summary>
    public const int MaxBytes = 1 << 30;

    private const int CodeLength = HMACSHA256.HashSizeInBytes;

    /// <summary>
    /// What the bytes mean: every lower number is read as well, and no higher one. What carries the state of records that are gone is read by no binary
    /// that folds otherwise. Since 2, tasks know their skill and who handed them on.
    /// </summary>
    public const long Format = 2;

    /// <summary>The build that this code is of.</summary>
    public static Guid ThisBuild => typeof(DecisionLogFold).Module.ModuleVersionId;

    private static ReadOnlySpan<byte> Magic => "WRITFOLD"u8;

    /// <summary>The bytes of a snapshot; null where the state cannot be kept for now.</summary>
    public byte[]? Write(DecisionLogFold fold)
    {
        ArgumentNullException.ThrowIfNull(fold);
        var writer = new FoldWriter();
        writer.Bytes(Magic);
        writer.Number(Format);
        writer.Id(build);
        writer.Number(fold.Logs.Count);
        foreach (var (organization, log) in fold.Logs)
        {
            writer.Text(organization);
            writer.Number(log.Size);
            writer.Hash(log.Root);
            writer.Time(log.Newest);
        }

        foreach (var state in fold.States)
        {
            if (!state.TryWriteTo(writer))
                return null;
        }

        writer.Bytes(HMACSHA256.HashData(key, writer.Written));
        return writer.Written.Length <= MaxBytes ? writer.Written.ToArray() : null;
    }

    /// <summary>Begins a fold with a snapshot, or says why not; the fold is then as it was.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="fold">The fold; nothing may be in it.</param>
    /// <param name="log">The log it has to be of.</param>
    /// <param name="pruning">Says which records are gone: a snapshot of fewer has nothing to go on from. Null where none ever are.</param>
    /// <param name="carriesState">Whether it carries the state of records that are gone: then its format counts, and not the build that made it.</param>
    /// <exception cref="InvalidDataException">The code is right and the state yet unreadable: a defect, after which the fold is of no use.</exception>
    public FoldStart Read(ReadOnlyMemory<byte> file, DecisionLogFold fold, IRecordLog log, IRecordPruning? pruning = null, bool carriesState = false)
    {
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(log);
        if (file.Length < Magic.Length + CodeLength)
            return Changed();
        var said = file[..^CodeLength];
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, said.Span), file.Span[^CodeLength..]))
            return Changed();

        var reader = new FoldReader(said);
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic) || !IsRead(reader.Format = reader.Number()) || (reader.Id() != build && !carriesState))
            return new FoldStart.OtherBuild();
        var logs = reader.Many(ReadLog).ToList();
        foreach (var (name, folded) in logs)
        {
            if (pruning?.FirstRecord(OrganizationId.Parse(name)) is { } first && folded.Size < first)
                return new FoldStart.Refused("WRIT2121", $"it is of {folded.Size} records of {name}, and those up to {first} were pruned since");
            if (log.RootAt(OrganizationId.Parse(name), folded.Size) != folded.Root)
                return new FoldStart.Refused("WRIT2121", $"it is of {folded.Size} records of {name} that are not those of the log");
        }

        foreach (var position in log.Positions())
        {
            if (pruning?.FirstRecord(position.Organization) > 0 && !logs.Exists(known => known.Key == position.Organization.ToString()))
                return new FoldStart.Refused("WRIT2121", $"it knows nothing of {position.Organization}, whose first records were pruned since");
        }

        fold.Become(logs, reader);
        return new FoldStart.Begun(fold.Folded);
    }

    private static bool IsRead(long format) => format is >= 1 and <= Format;

    private static KeyValuePair<string, FoldedLog> ReadLog(FoldReader reader) =>
        new(reader.Text(), new FoldedLog(reader.Unsigned(), reader.Hash(), reader.Time()));

    private static FoldStart.Refused Changed() =>
        new("WRIT2120", "it was changed, or made by another installation");
}
