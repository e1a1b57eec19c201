using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Proofs;
using Writ.Ledger.Tiles;

namespace Writ.Cli.Evidence;

/// <summary>
/// An evidence pack in the making (docs/evidence.md): records, each with its proof, the checkpoints, and a manifest with the hash of every
/// file. The files are stored and not compressed, so that a verifier need not know how to unpack. Not thread safe.
/// </summary>
internal sealed class EvidencePack(DateTimeOffset madeAt)
{
    /// <summary>The format that the manifest names.</summary>
    public const string Format = "writ-evidence/1";

    /// <summary>The manifest's name.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The name of the page for people.</summary>
    public const string Report = "report.html";

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly JsonArray _logs = [];

    /// <summary>Adds a log by its checkpoint; its records follow.</summary>
    public void AddLog(string name, SignedCheckpoint signed, NoteVerifierKey key)
    {
        _files.Add($"{name}/checkpoint", signed.Note.ToBytes());
        _logs.Add(new JsonObject { ["name"] = name, ["origin"] = signed.Checkpoint.Origin, ["size"] = signed.Checkpoint.Size, ["key"] = key.ToString() });
    }

    /// <summary>Adds a record with its proof.</summary>
    public void Add(string log, ProvedEntry entry, SignedCheckpoint signed)
    {
        _files.Add(NameOf(log, entry.Index) + ".json", entry.Bytes.ToArray());
        _files.Add(NameOf(log, entry.Index) + ".tlog-proof", new TlogProof(entry.Index, entry.Proof, signed.Note.ToBytes()).ToBytes());
    }

    /// <summary>Adds a file for people.</summary>
    public void Add(string name, string text) => _files.Add(name, Encoding.UTF8.GetBytes(text));

    /// <summary>The zip.</summary>
    public byte[] ToBytes(EvidenceQuestion question)
    {
        var manifest = new JsonObject
        {
            ["format"] = Format,
            ["question"] = question.ToJson(),
            ["made_at"] = madeAt.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["logs"] = _logs.DeepClone(),
            ["files"] = new JsonObject(_files.Select(file => KeyValuePair.Create(file.Key, (JsonNode?)Convert.ToHexStringLower(SHA256.HashData(file.Value))))),
        };
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson));
            foreach (var (name, content) in _files)
                Write(zip, name, content);
        }

        return bytes.ToArray();
    }

    /// <summary>The name of a record's files, without what tells them apart.</summary>
    public static string NameOf(string log, ulong index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{log}/{index:d12}");

    private static JsonSerializerOptions ManifestJson { get; } = new() { WriteIndented = true };

    private void Write(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = madeAt;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
