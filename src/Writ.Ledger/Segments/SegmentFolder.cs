using System.Globalization;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>Names and places of one file family: <c>segments/0000000001.seg</c>, <c>vault/0000000001.vlt</c>.</summary>
internal sealed class SegmentFolder(IDisk disk, string dataFolder, SegmentKind kind)
{
    public const string UnfinishedSuffix = ".new";

    private const int Digits = 10;

    public IDisk Disk => disk;

    public SegmentKind Kind => kind;

    public string Path { get; } = System.IO.Path.Combine(dataFolder, kind == SegmentKind.Records ? "segments" : "vault");

    private string Extension => kind == SegmentKind.Records ? ".seg" : ".vlt";

    public string NameOf(ulong number) => number.ToString("D" + Digits, CultureInfo.InvariantCulture) + Extension;

    public string PathOf(ulong number) => System.IO.Path.Combine(Path, NameOf(number));

    /// <summary>Segment numbers in order; files that are neither segments nor unfinished ones go to <paramref name="strangers"/>.</summary>
    public DiskFault? List(out List<ulong> numbers, out List<string> unfinished, out List<string> strangers)
    {
        (numbers, unfinished, strangers) = ([], [], []);
        var names = new List<string>();
        if (disk.List(Path, names) is { } fault)
            return fault;
        foreach (var name in names)
        {
            if (name.EndsWith(UnfinishedSuffix, StringComparison.Ordinal))
                unfinished.Add(name);
            else if (ulong.TryParse(System.IO.Path.GetFileNameWithoutExtension(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                     && number > 0 && NameOf(number) == name)
                numbers.Add(number);
            else
                strangers.Add(name);
        }

        numbers.Sort();
        strangers.Sort(StringComparer.Ordinal);
        return null;
    }
}
