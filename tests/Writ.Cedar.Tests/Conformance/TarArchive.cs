using System.Formats.Tar;
using System.IO.Compression;
using Writ.Testing;

namespace Writ.Cedar.Tests.Conformance;

/// <summary>Reads the files of a compressed archive of a corpus; it is never unpacked.</summary>
internal static class TarArchive
{
    public static IEnumerable<(string Name, byte[] Content)> Files(string path)
    {
        using var archive = new TarReader(new GZipStream(File.OpenRead(Corpora.Require(path)), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            var name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];

            // Members that start with ._ hold what macOS keeps beside a file.
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || name.StartsWith("._", StringComparison.Ordinal))
                continue;
            var content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            yield return (name, content);
        }
    }
}
