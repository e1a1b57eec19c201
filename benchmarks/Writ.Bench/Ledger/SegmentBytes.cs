namespace Writ.Bench.Ledger;

/// <summary>What the segments of a closed ledger take, up to the last byte in each that is used: what lies ahead for later is not counted.</summary>
internal static class SegmentBytes
{
    private static readonly string[] Families = ["segments", "vault"];

    public static double PerRecord(string folder, ulong records) =>
        (double)Families.Select(family => Path.Combine(folder, family)).Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles).Sum(Used) / records;

    private static long Used(string path)
    {
        using var file = File.OpenHandle(path);
        var buffer = new byte[1 << 20];
        for (var end = RandomAccess.GetLength(file); end > 0; end -= buffer.Length)
        {
            var from = Math.Max(0, end - buffer.Length);
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)(end - from)), from);
            if (buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0) is >= 0 and var last)
                return from + last + 1;
        }

        return 0;
    }
}
