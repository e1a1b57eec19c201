using System.Diagnostics;
using Writ.Ledger.Disks;

namespace Writ.Bench.Ledger;

/// <summary>What the machine itself takes for one flush of 4 KiB in a zeroed file: no append can be faster.</summary>
internal static class BareFlush
{
    public static Percentiles Measure(string folder, int times)
    {
        var path = Path.Combine(folder, "bare");
        if (!PosixDisk.Instance.TryOpen(path, DiskAccess.Create, out var file, out var fault))
            throw new InvalidOperationException(fault.ToString());
        using (file)
        {
            var block = new byte[4096];
            for (var i = 0; i < times; i++)
                file.Write(i * (long)block.Length, block);
            file.Flush();
            Random.Shared.NextBytes(block);
            var ticks = new long[times];
            for (var i = 0; i < times; i++)
            {
                var start = Stopwatch.GetTimestamp();
                if ((file.Write(i * (long)block.Length, block) ?? file.Flush()) is { } failed)
                    throw new InvalidOperationException(failed.ToString());
                ticks[i] = Stopwatch.GetTimestamp() - start;
            }

            return new Percentiles(ticks);
        }
    }
}
