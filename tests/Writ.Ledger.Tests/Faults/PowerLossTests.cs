using System.Text;
using Writ.Ledger.Checkpoints;

namespace Writ.Ledger.Tests.Faults;

public sealed class PowerLossTests
{
    private const int Seeds = 60;
    private const int LivesPerSeed = 4;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_torn_is_read_when_the_power_goes()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var problem = await LiveAsync(seed, flushesNothing: false);
            Assert.True(problem is null, $"seed {seed}: {problem}");
        }
    }

    [Fact]
    public async Task The_same_test_notices_when_fdatasync_does_nothing()
    {
        var noticed = 0;
        for (var seed = 0; seed < 10; seed++)
            noticed += await LiveAsync(seed, flushesNothing: true) is null ? 0 : 1;
        // A lucky seed may lose no power between writes; nearly none may.
        Assert.True(noticed >= 9, $"only {noticed} of 10 runs noticed that nothing was flushed");
    }

    /// <summary>Lives several lives on one disk, each ended by a loss of power; what is wrong in the end, or null.</summary>
    private static async Task<string?> LiveAsync(int seed, bool flushesNothing)
    {
        var random = new Random(seed);
        var disk = new SimulatedDisk(random) { FlushesNothing = flushesNothing };
        using var folder = new TestLedger();
        folder.Options = folder.Options with
        {
            Disk = disk,
            Checkpoints = new CheckpointFolder("/config", disk),
            DataFolder = "/data",
        };
        var acknowledged = new Dictionary<(string, ulong), (byte[] Record, byte[] Payload)>();
        for (var life = 0; life <= LivesPerSeed; life++)
        {
            var opening = await MerkleLedger.OpenAsync(folder.Options);
            if (opening is not LedgerOpening.Opened opened)
                return $"life {life} does not open: {((LedgerOpening.Refused)opening).Fault}";
            if (Missing(opened.Ledger, acknowledged) is { } missing)
                return $"life {life}: {missing}";
            if (life < LivesPerSeed)
                await AppendUntilPowerIsLostAsync(opened.Ledger, disk, random, acknowledged);
            await opened.Ledger.CloseAsync();
        }

        return null;
    }

    private static async Task AppendUntilPowerIsLostAsync(
        MerkleLedger ledger,
        SimulatedDisk disk,
        Random random,
        Dictionary<(string, ulong), (byte[] Record, byte[] Payload)> acknowledged)
    {
        var appends = new List<Task>();
        var last = random.Next(5, 200);
        for (var i = 0; i <= last; i++)
        {
            var origin = $"test.example/{random.Next(3)}";
            var record = Encoding.UTF8.GetBytes($"{random.NextInt64()} {new string('r', random.Next(3000))}");
            var payload = random.Next(3) == 0 ? Encoding.UTF8.GetBytes(new string('p', random.Next(1, 4000))) : [];
            // Half are awaited at once, so that small batches and large ones both meet the end.
            var append = AppendAsync(origin, record, payload);
            appends.Add(append);
            if (random.Next(2) == 0)
                await append;
        }

        disk.LosePower();
        await Task.WhenAll(appends);

        async Task AppendAsync(string origin, byte[] record, byte[] payload)
        {
            if (await ledger.OpenLogAsync(origin) is not LogOpening.Opened opened)
                return;
            var result = await ledger.AppendAsync(opened.Log, record, payload);
            if (!result.IsDurable)
                return;
            lock (acknowledged)
                acknowledged.Add((origin, result.Index), (record, payload));
        }
    }

    private static string? Missing(MerkleLedger ledger, Dictionary<(string, ulong), (byte[] Record, byte[] Payload)> acknowledged)
    {
        foreach (var ((origin, index), (record, payload)) in acknowledged)
        {
            if (ledger.FindLog(origin) is not { } log)
                return $"{origin} is missing";
            if (!log.Read(index).Bytes.Span.SequenceEqual(record))
                return $"{origin} record {index} is missing";
            if (payload.Length > 0 && !log.ReadPayload(index).Bytes.Span.SequenceEqual(payload))
                return $"{origin} payload {index} is missing";
        }

        foreach (var log in ledger.Logs)
        {
            using var cursor = log.ReadFrom();
            while (cursor.MoveNext())
            {
                // Records that were never acknowledged may be there, but only whole.
                var text = Encoding.UTF8.GetString(cursor.Current.Bytes.Span);
                if (text.Split(' ') is not [var number, var rest] || !long.TryParse(number, out _) || rest.Any(c => c != 'r'))
                    return $"{log.Origin} record {cursor.Current.Index} is torn";
            }

            if (cursor.Fault is not null)
                return cursor.Fault.ToString();
        }

        return null;
    }
}
