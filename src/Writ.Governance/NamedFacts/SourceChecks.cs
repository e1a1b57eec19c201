using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts;

/// <summary>Makes a source of its declaration, or says everything that is wrong with it.</summary>
internal static class SourceChecks
{
    private const int MaxRows = 10_000;

    public static FactSource? Read(SourceDeclaration declaration, Action<string> report)
    {
        var wrong = false;
        void Report(string message)
        {
            wrong = true;
            report(message);
        }

        DeclarationChecks.Name(declaration.Name, Report);
        DeclarationChecks.Coverage(declaration.Tools, Report);
        if (declaration.Key.Count is 0 or > 8)
            Report("key has 1 to 8 members");
        foreach (var (name, path) in declaration.Key)
        {
            DeclarationChecks.Name(name, Report);
            DeclarationChecks.Path(path, Report);
        }

        var members = declaration.Members.Select(m => (m.Key, Member: FactMember.Parse(m.Key, m.Value))).ToArray();
        if (members.Length is 0 or > 32)
            Report("members names 1 to 32 members");
        foreach (var (name, _) in members.Where(m => m.Member is null))
            Report($"members.{name}: expected one of {string.Join(", ", FactMember.Types)}, alone or followed by ' at ' and a path");
        foreach (var (name, _) in members)
            DeclarationChecks.Name(name, Report);
        if (declaration.Kind != "table")
            Report($"there is no kind '{declaration.Kind}'; there is table");
        if (declaration.Rows.Length is 0 or > MaxRows)
            Report($"a table has 1 to {MaxRows} rows");
        if (wrong)
            return null;

        var source = new FactSource
        {
            Declaration = declaration,
            Type = FactType.Of([.. members.Select(m => (m.Key, m.Member!.Type))]),
            Members = [.. members.Select(m => m.Member!)],
            Coverage = new FactCoverage(declaration.Tools),
        };
        var rows = Rows(source, Report);
        return wrong ? null : source with { Rows = rows };
    }

    private static FrozenDictionary<string, Value> Rows(FactSource source, Action<string> report)
    {
        var rows = new Dictionary<string, Value>(StringComparer.Ordinal);
        var columns = source.Declaration.Key.Keys.Concat(source.Members.Select(m => m.At.Split('.')[0])).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, index) in source.Declaration.Rows.Select((r, i) => (r, i)))
        {
            if (row.ValueKind != JsonValueKind.Object || row.EnumerateObject().FirstOrDefault(m => !columns.Contains(m.Name)) is { Value.ValueKind: not JsonValueKind.Undefined })
            {
                report($"/rows/{index} is no object of the key's and the result's members alone");
                continue;
            }

            var key = new JsonObject(source.Declaration.Key.Keys.Where(k => row.TryGetProperty(k, out _)).Select(k => KeyValuePair.Create(k, JsonNode.Parse(row.GetProperty(k).GetRawText()))));
            var value = source.Read(row);
            if (key.Count < source.Declaration.Key.Count || key.Any(k => k.Value is not JsonValue) || FactSource.CanonicalOf(key) is not { } canonical)
                report($"/rows/{index} lacks a member of the key");
            else if (value is PoisonValue poison)
                report($"/rows/{index}: {poison.Reason}");
            else if (!rows.TryAdd(canonical, value))
                report($"/rows/{index} has the key of another row");
        }

        return rows.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
