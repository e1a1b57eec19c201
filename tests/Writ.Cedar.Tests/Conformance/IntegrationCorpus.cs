using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Writ.Testing;

namespace Writ.Cedar.Tests.Conformance;

/// <summary>The generated half of cedar-integration-tests, read out of its archive; it is never unpacked.</summary>
public static class IntegrationCorpus
{
    public const string Folder = "cedar-integration-tests";

    public static IEnumerable<CorpusTest> Generated()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var archive = new TarReader(new GZipStream(File.OpenRead(Corpora.Require($"{Folder}/corpus-tests.tar.gz")), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            var name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || name.StartsWith("._", StringComparison.Ordinal))
                continue;
            if (name.EndsWith(".cedarschema", StringComparison.Ordinal))
                continue;
            var content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            files.Add(name, content);
        }

        foreach (var (name, content) in files.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal) && !file.Key.EndsWith(".entities.json", StringComparison.Ordinal)))
        {
            var stem = name[..^".json".Length];
            yield return new CorpusTest(stem, files[stem + ".cedar"], files[stem + ".entities.json"], JsonDocument.Parse(content).RootElement.GetProperty("requests"));
        }
    }
}
