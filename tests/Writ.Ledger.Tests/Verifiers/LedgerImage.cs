using Writ.Ledger.Segments;

namespace Writ.Ledger.Tests.Verifiers;

/// <summary>The files of a ledger and of its checkpoints in memory, to be altered and written somewhere else.</summary>
internal sealed class LedgerImage
{
    public const string Checkpoints = "checkpoints";

    private LedgerImage(IEnumerable<KeyValuePair<string, byte[]>> files) => Files = new(new Dictionary<string, byte[]>(files), StringComparer.Ordinal);

    /// <summary>By the path: <c>segments/…</c>, <c>vault/…</c>, <c>checkpoints/…</c>.</summary>
    public SortedDictionary<string, byte[]> Files { get; }

    public static LedgerImage Of(TestLedger ledger) => new(
        Read(ledger.Segments, "segments").Concat(Read(ledger.Vault, "vault")).Concat(Read(ledger.CheckpointPath, Checkpoints).Where(file => file.Key.EndsWith(".checkpoint", StringComparison.Ordinal))));

    public LedgerImage Copy() => new(Files.Select(file => KeyValuePair.Create(file.Key, file.Value.ToArray())));

    public string[] Names(string folder) => [.. Files.Keys.Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))];

    /// <summary>Files of a family that are in use.</summary>
    public string[] Used(string folder) => [.. Names(folder).Where(name => Files[name].AsSpan().ContainsAnyExcept((byte)0))];

    /// <summary>Where the batches of a file begin and how long they are with padding.</summary>
    public List<(int Offset, int Length)> Batches(string name)
    {
        var bytes = Files[name];
        var batches = new List<(int, int)>();
        for (var at = Format.SegmentHeaderLength; at + Format.Sector <= bytes.Length && bytes[at] == 'W';)
        {
            var length = (int)Format.AlignToSector(BitConverter.ToInt32(bytes, at + 4) + (long)BitConverter.ToInt32(bytes, at + 8));
            batches.Add((at, length));
            at += length;
        }

        return batches;
    }

    public void WriteTo(string data, string checkpoints)
    {
        foreach (var (name, bytes) in Files)
        {
            var path = name.StartsWith(Checkpoints, StringComparison.Ordinal) ? Path.Combine(checkpoints, Path.GetFileName(name)) : Path.Combine(data, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        Directory.CreateDirectory(Path.Combine(data, "segments"));
        Directory.CreateDirectory(Path.Combine(data, "vault"));
        Directory.CreateDirectory(checkpoints);
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Read(string folder, string name) =>
        Directory.EnumerateFiles(folder).Select(path => KeyValuePair.Create($"{name}/{Path.GetFileName(path)}", File.ReadAllBytes(path)));
}
