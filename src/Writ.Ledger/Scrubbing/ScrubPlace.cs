using System.Globalization;
using System.Text;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Scrubbing;

/// <summary>
/// Where a pass is, as it is remembered in the data folder. A hint alone: lost or nonsense, the pass begins again, and a place that was moved
/// on by somebody is passed over once, not for good. Immutable.
/// </summary>
/// <param name="Kind">The family that is read.</param>
/// <param name="Next">The segment that is read next.</param>
/// <param name="BeganAt">When the pass began.</param>
internal sealed record ScrubPlace(SegmentKind Kind, ulong Next, DateTimeOffset BeganAt)
{
    private const string FileName = "scrub.place";
    private const int MostBytes = 200;

    /// <summary>True once the pass is over.</summary>
    public bool IsDone => Next == ulong.MaxValue;

    /// <summary>The place of a pass that begins.</summary>
    public static ScrubPlace Start(DateTimeOffset now) => new(SegmentKind.Records, 1, now);

    /// <summary>The place of the same pass when it is over.</summary>
    public ScrubPlace Done() => this with { Kind = SegmentKind.Vault, Next = ulong.MaxValue };

    /// <summary>The place that is remembered; null when there is none that can be read.</summary>
    public static ScrubPlace? Read(IDisk disk, string dataFolder)
    {
        if (!disk.TryOpen(Path.Combine(dataFolder, FileName), DiskAccess.Read, out var file, out _))
            return null;
        using (file)
        {
            var bytes = new byte[MostBytes];
            if (file.Read(0, bytes, out var count) is not null)
                return null;
            var words = Encoding.UTF8.GetString(bytes, 0, count).TrimEnd('\n').Split(' ');
            return words is [var kind, var next, var began]
                && Enum.TryParse<SegmentKind>(kind, out var family) && Enum.IsDefined(family)
                && ulong.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                && DateTimeOffset.TryParseExact(began, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                    ? new ScrubPlace(family, number, at)
                    : null;
        }
    }

    /// <summary>Remembers it. Not flushed: what a crash takes is read once more. Why it cannot be; else null.</summary>
    public DiskFault? Write(IDisk disk, string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        var unfinished = path + SegmentFolder.UnfinishedSuffix;
        if (disk.Delete(unfinished) is { IsNoEntry: false } left)
            return left;
        if (!disk.TryOpen(unfinished, DiskAccess.Create, out var file, out var fault))
            return fault;
        using (file)
            fault = file.Write(0, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind} {Next} {BeganAt:O}\n")));
        return fault ?? disk.Rename(unfinished, path);
    }
}
