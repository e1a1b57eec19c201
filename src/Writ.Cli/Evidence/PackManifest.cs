using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Cli.Evidence;

/// <summary>What a pack says of itself: its logs, the hash of each of its files, and the range it claims to have whole, where it is of one. Immutable.</summary>
internal sealed record PackManifest(
    ImmutableArray<PackManifest.Log> Logs, ImmutableSortedDictionary<string, string> Files, EvidenceQuestion.OfRange? Range)
{
    /// <summary>Reads it; null where it is missing, malformed or of another format.</summary>
    public static PackManifest? Read(byte[]? bytes)
    {
        try
        {
            return bytes is not null && JsonElement.Parse(bytes) is { ValueKind: JsonValueKind.Object } manifest && manifest.Word("format") == EvidencePack.Format
                && manifest.Member("files") is { ValueKind: JsonValueKind.Object } files && files.EnumerateObject().All(file => file.Value.ValueKind == JsonValueKind.String)
                && manifest.Member("logs") is { ValueKind: JsonValueKind.Array } logs && logs.EnumerateArray().All(log => log.Word("name") is not null && log.Word("origin") is not null && log.Word("key") is not null)
                    ? new PackManifest(
                        [.. logs.EnumerateArray().Select(log => new Log(log.Word("name")!, log.Word("origin")!, log.Word("key")!))],
                        files.EnumerateObject().ToImmutableSortedDictionary(file => file.Name, file => file.Value.GetString()!, StringComparer.Ordinal),
                        RangeOf(manifest.Member("question")))
                    : null;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static EvidenceQuestion.OfRange? RangeOf(JsonElement question) =>
        question.Member("first") is { ValueKind: JsonValueKind.Number } first && first.TryGetUInt64(out var from)
        && question.Member("last") is { ValueKind: JsonValueKind.Number } last && last.TryGetUInt64(out var to) && from <= to
            ? new EvidenceQuestion.OfRange(from, to)
            : null;

    /// <summary>A log of the pack: its folder in it, its origin, and the key it says it is signed with.</summary>
    internal sealed record Log(string Name, string Origin, string Key);
}
