using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Cli.Policies.Cases;

/// <summary>Reads what a case file says of a server: <c>tools</c>, the definitions as <c>tools/list</c> shows them, and <c>classes</c>, what people confirmed.</summary>
internal static class ToolFiles
{
    private const int MaxBytes = 8 << 20;

    public static TrialServer? Read(string path, YamlEntry entry, MapReader reader, List<PolicyProblem> problems)
    {
        var before = problems.Count;
        if (!ServerSlug.TryParse(entry.Key, null, out var slug))
            problems.Add(new PolicyProblem(path, entry.Line, entry.Column, $"'{entry.Key}' is not the name of a server: expected {Governance.Organizations.Slug.Rule}"));
        var (tools, classes) = (reader.RequiredWord("tools"), reader.RequiredWord("classes"));
        reader.End();
        if (problems.Count != before)
            return null;

        var folder = Path.GetDirectoryName(path) ?? "";
        var definitions = Load(reader, "tools", Path.Combine(folder, tools), Definitions);
        var classifications = Load(reader, "classes", Path.Combine(folder, classes), bytes => JsonSerializer.Deserialize<Dictionary<string, ToolClassification>>(bytes, StrictJson.Options));
        return definitions is null || classifications is null
            ? null
            : new TrialServer(slug, [.. definitions], classifications.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>A list of definitions, or the whole answer to <c>tools/list</c>.</summary>
    private static JsonElement[]? Definitions(byte[] bytes)
    {
        var root = JsonElement.Parse(bytes);
        var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("tools", out var inside) ? inside : root;
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null;
    }

    private static T? Load<T>(MapReader reader, string key, string path, Func<byte[], T?> read)
        where T : class
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                reader.Report(key, $"{path} is longer than {MaxBytes >> 20} MiB");
            else if (read(File.ReadAllBytes(path)) is { } content)
                return content;
            else
                reader.Report(key, $"{path} does not hold what is expected of '{key}'");
        }
        catch (JsonException wrong)
        {
            reader.Report(key, $"{path}, line {wrong.LineNumber + 1}, at {wrong.Path ?? "$"}: {wrong.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reader.Report(key, failure is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {path}" : failure.Message);
        }

        return null;
    }
}
