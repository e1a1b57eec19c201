using System.Buffers.Binary;
using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;

// Writ.Ledger.Crasher DATA CONFIG LIFE: appends until it is killed and reports every acknowledged index as one line, "index leaf",
// after it was acknowledged. The key is fixed: what is tested is what survives, not who signs.
using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
var opening = await MerkleLedger.OpenAsync(new LedgerOptions
{
    DataFolder = args[0],
    Checkpoints = new CheckpointFolder(args[1]),
    SigningKey = key,
    SegmentBytes = 1024 * 1024,
    VaultSegmentBytes = 1024 * 1024,
    ReserveBytes = 64 * 1024,
    MaxPayloadBytes = 64 * 1024,
    CheckpointInterval = TimeSpan.FromMilliseconds(5),
});
if (opening is not LedgerOpening.Opened opened || await opened.Ledger.OpenLogAsync("crash.example/log") is not LogOpening.Opened log)
{
    Console.WriteLine($"refused {opening}");
    return 1;
}

using var output = Console.OpenStandardOutput();
var gate = new Lock();
await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
{
    var random = new Random(int.Parse(args[2]) * 100 + caller);
    while (true)
    {
        // A record proves itself: its bytes follow from its first eight.
        var record = new byte[random.Next(9, 900)];
        var seed = random.NextInt64();
        BinaryPrimitives.WriteInt64LittleEndian(record, seed);
        record.AsSpan(8).Fill((byte)seed);
        var result = await opened.Ledger.AppendAsync(log.Log, record, random.Next(4) == 0 ? record : default);
        if (!result.IsDurable)
            return;
        var line = System.Text.Encoding.ASCII.GetBytes($"{result.Index} {result.Leaf.ToHex()}\n");
        lock (gate)
            output.Write(line);
    }
})));
return 0;
