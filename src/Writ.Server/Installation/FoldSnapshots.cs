using System.Security.Cryptography;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Records;
using Writ.Governance.Retention;

namespace Writ.Server.Installation;

/// <summary>
/// The fold snapshot of the decision log, in <c>folds/decisions.fold</c> of the data folder. It is made by folding the log beside the running
/// state, never by looking at that state, so that a start with it and a start without it end at the same. Used by one thread at a time.
/// </summary>
/// <param name="dataFolder">The installation's data folder.</param>
/// <param name="format">What a snapshot is.</param>
/// <param name="log">The decision log.</param>
/// <param name="pruning">Says which of its records are gone.</param>
/// <param name="carrying">The digests of the snapshots that records name, as those that carry the state of records which are gone.</param>
/// <param name="fresh">A fold in which nothing is yet.</param>
internal sealed class FoldSnapshots(
    string dataFolder, FoldSnapshot format, IRecordLog log, IRecordPruning pruning, Func<IReadOnlySet<string>> carrying, Func<DecisionLogFold> fresh) : IAsyncDisposable
{
    /// <summary>How the name of a snapshot ends that carries the state of records which are gone; it begins with its SHA-256 in hex.</summary>
    public const string CarryingSuffix = ".carried";

    /// <summary>How many records a start folds at most, where the last end was a crash and the disk took the snapshot.</summary>
    public const long RecordsBetween = 100_000;

    /// <summary>What is put at the end of the name of a snapshot that was refused: it is evidence, and the next one must not replace it.</summary>
    public const string RefusedSuffix = ".refused";

    private long _kept;
    private long _tried;

    public string Path { get; } = System.IO.Path.Combine(dataFolder, "folds", "decisions.fold");

    /// <summary>How the start began.</summary>
    public FoldStart Start { get; private set; } = new FoldStart.Absent();

    /// <summary>Begins a fold with the snapshot, where there is one to be believed. A refused one is put aside.</summary>
    /// <exception cref="InvalidDataException">The snapshot is ours and cannot be read; a start without the file goes from the first record.</exception>
    public void Begin(DecisionLogFold fold)
    {
        try
        {
            Start = Load(fold);
            _kept = fold.Folded;
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{problem.Message}; remove {Path}, everything is then folded again", problem);
        }
    }

    /// <summary>Makes a new snapshot where many records came since the last; null when that went well, else why not.</summary>
    public Task<string?> KeepAsync(CancellationToken cancellation)
    {
        var size = Size();
        if (size - Math.Max(_kept, _tried) < RecordsBetween)
            return Task.FromResult<string?>(null);
        _tried = size; // where the disk takes none, folding again and again would help nobody
        return MakeAsync(cancellation);
    }

    /// <summary>Keeps a fold that is at the end of the log; null when that went well, else why not.</summary>
    public string? Keep(DecisionLogFold fold)
    {
        if (format.Write(fold) is not { } bytes)
            return null; // something is in it that may not be; it passes
        try
        {
            Write(Path, bytes);
            _kept = fold.Folded;
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"WRIT2122: {Path} cannot be written, so the next start takes longer: {problem.Message}";
        }
    }

    /// <summary>
    /// Makes a snapshot of everything there is, for records that are to go: under its digest, which their control record names, so that any later build that
    /// folds alike goes on from it. Null where none can be made for now.
    /// </summary>
    /// <exception cref="InvalidDataException">The log cannot be folded.</exception>
    /// <exception cref="IOException">The disk takes none.</exception>
    public async Task<CarriedState?> CarryAsync(CancellationToken cancellation)
    {
        var fold = fresh();
        Load(fold);
        await fold.FoldAsync(log, cancellation);
        if (format.Write(fold) is not { } bytes)
            return null;
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Write(CarryingPath(digest), bytes);
        foreach (var file in Directory.GetFiles(Folder, "*" + CarryingSuffix))
        {
            if (file != CarryingPath(digest) && !carrying().Contains(System.IO.Path.GetFileNameWithoutExtension(file)))
                File.Delete(file);
        }

        return new CarriedState(digest, FoldSnapshot.Format);
    }

    /// <summary>Whether the snapshot of a digest is there, whole.</summary>
    public bool Carries(string digest)
    {
        var path = CarryingPath(digest);
        return File.Exists(path) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) == digest;
    }

    /// <summary>Makes the last one, for the next start. What fails here is only slower then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Size() > _kept)
            await MakeAsync(CancellationToken.None);
    }

    private async Task<string?> MakeAsync(CancellationToken cancellation)
    {
        var fold = fresh();
        try
        {
            if (Load(fold) is FoldStart.Refused refused)
                return $"{refused.Code}: {Path} is not believed: {refused.Message}"; // put aside: the next one begins with the first record
            await fold.FoldAsync(log, cancellation);
        }
        catch (InvalidDataException problem)
        {
            return $"WRIT2122: the log cannot be folded: {problem.Message}";
        }

        return Keep(fold);
    }

    /// <summary>The newest snapshot that is to be believed; where the usual one is not and records are gone, the one that carries their state.</summary>
    private FoldStart Load(DecisionLogFold fold)
    {
        var start = LoadUsual(fold);
        return start is FoldStart.Begun ? start : LoadCarrying(fold) ?? start;
    }

    private FoldStart LoadUsual(DecisionLogFold fold)
    {
        try
        {
            var file = new FileInfo(Path);
            if (!file.Exists)
                return new FoldStart.Absent();
            var start = file.Length <= FoldSnapshot.MaxBytes
                ? format.Read(File.ReadAllBytes(Path), fold, log, pruning)
                : new FoldStart.Refused("WRIT2120", $"it is longer than {FoldSnapshot.MaxBytes} bytes");
            if (start is FoldStart.Refused)
                File.Move(Path, Path + RefusedSuffix, overwrite: true);
            return start;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new FoldStart.Refused("WRIT2120", $"it cannot be read or put aside: {problem.Message}");
        }
    }

    private FoldStart? LoadCarrying(DecisionLogFold fold)
    {
        try
        {
            foreach (var file in carrying().Select(digest => new FileInfo(CarryingPath(digest))).Where(file => file.Exists && file.Length <= FoldSnapshot.MaxBytes).OrderByDescending(file => file.LastWriteTimeUtc))
            {
                var bytes = File.ReadAllBytes(file.FullName);
                if (CarryingPath(Convert.ToHexStringLower(SHA256.HashData(bytes))) == file.FullName
                    && format.Read(bytes, fold, log, pruning, carriesState: true) is FoldStart.Begun begun)
                    return begun;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new FoldStart.Refused("WRIT2120", $"what carries the state of pruned records cannot be read: {problem.Message}");
        }

        return null;
    }

    private long Size() => log.Positions().Sum(position => (long)position.Size);

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    private string CarryingPath(string digest) => System.IO.Path.Combine(Folder, digest + CarryingSuffix);

    private static void Write(string path, byte[] bytes)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!).FullName;
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true); // a torn one would look like one that somebody changed
        }

        File.Move(path + ".new", path, overwrite: true);
        KeyHistoryFile.Flush(folder);
    }
}
