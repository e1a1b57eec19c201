using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Values;
using Writ.Crypto.Hashing;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Records;

namespace Writ.Governance.NamedFacts;

/// <summary>Makes a source of its declaration, or says everything that is wrong with it.</summary>
internal static class SourceChecks
{
    private const int MaxRows = 10_000;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

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
        Kind(declaration, Report);
        var maxAge = Duration(declaration.MaxAge, TimeSpan.Zero, TimeSpan.Zero, FactSource.LongestAge, "max_age: 0s to 1h", Report);
        var timeout = Duration(declaration.Timeout, DefaultTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10), "timeout: 50ms to 10s", Report);
        if (wrong)
            return null;

        var source = new FactSource
        {
            Declaration = declaration,
            Type = FactType.Of([.. members.Select(m => (m.Key, m.Member!.Type))]),
            MaxAge = maxAge,
            Timeout = timeout,
            Digest = Hash256.Of(JsonSerializer.SerializeToUtf8Bytes(declaration, StrictJson.Options)),
            Members = [.. members.Select(m => m.Member!)],
            Coverage = new FactCoverage(declaration.Tools),
        };
        if (declaration.Kind != "table")
            return source;
        var rows = Rows(source, Report);
        return wrong ? null : source with { Rows = rows };
    }

    private static void Kind(SourceDeclaration declaration, Action<string> report)
    {
        switch (declaration.Kind)
        {
            case "tool" when declaration.Tool is not { } tool || tool.Split('/') is not [var server, { Length: > 0 }] || !Slug.IsValid(server):
                report("a source of kind tool names its tool as server/tool");
                break;
            case "http" when declaration.Url is not { Length: <= 2_048 } url || UrlTemplate.Problem(url, declaration.Key.Keys) is not null:
                report(declaration.Url is { } given ? UrlTemplate.Problem(given, declaration.Key.Keys) ?? "url has at most 2048 characters" : "a source of kind http has a url");
                break;
            case "table" when declaration.Rows.Length is 0 or > MaxRows:
                report($"a source of kind table has 1 to {MaxRows} rows");
                break;
            case "tool" or "http" or "table":
                break;
            default:
                report($"there is no kind '{declaration.Kind}'; there are tool, http and table");
                break;
        }

        if (declaration.Kind != "tool" && declaration.Tool is not null)
            report("tool belongs to the kind tool");
        if (declaration.Kind != "http" && (declaration.Url is not null || !declaration.AllowedNetworks.IsEmpty))
            report("url and allowed_networks belong to the kind http");
        if (declaration.Kind != "table" && !declaration.Rows.IsEmpty)
            report("rows belongs to the kind table");
        if (declaration.Kind == "table" && (declaration.MaxAge is not null || declaration.Timeout is not null))
            report("a table has neither max_age nor timeout");
        if (declaration.AllowedNetworks.Length > 16 || !declaration.AllowedNetworks.All(n => AllowedNetwork.TryRead(n, out _)))
            report("allowed_networks holds at most 16 addresses or networks, such as 127.0.0.1 and 10.1.2.0/24");
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

    private static TimeSpan Duration(string? text, TimeSpan absent, TimeSpan least, TimeSpan most, string rule, Action<string> report)
    {
        if (text is null)
            return absent;
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? 2 : 1;
        if (text.Length > unit && text.Length <= 12 && int.TryParse(text[..^unit], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            TimeSpan? span = text[^unit..] switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => null,
            };
            if (span is { } duration && duration >= least && duration <= most)
                return duration;
        }

        report($"{rule}, written as 250ms, 5s or 10m");
        return absent;
    }
}
