using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Values;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Records;

namespace Writ.Governance.NamedFacts;

/// <summary>A declared source of facts, checked. Immutable, thread safe.</summary>
public sealed record FactSource
{
    /// <summary>The name that policies use.</summary>
    public string Name => Declaration.Name;

    /// <summary>As it stands in the bundle.</summary>
    public required SourceDeclaration Declaration { get; init; }

    /// <summary>The shape of what it gives.</summary>
    public required FactType Type { get; init; }

    /// <summary>The longest that any answer may be used again.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromHours(1);

    /// <summary>How long an answer may be used again.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>How long a look-up may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>SHA-256 of the declaration: what an answer was asked of.</summary>
    public required Hash256 Digest { get; init; }

    internal ImmutableArray<FactMember> Members { get; init; } = [];

    internal FactCoverage Coverage { get; init; } = new([]);

    /// <summary>For a table: the rows by their key.</summary>
    internal FrozenDictionary<string, Value>? Rows { get; init; }

    /// <summary>The question that a call's arguments make; null where they do not hold the whole key, each part one text, number or truth value.</summary>
    internal FactQuery? Ask(JsonElement arguments)
    {
        var key = new JsonObject();
        foreach (var (name, path) in Declaration.Key)
        {
            if (FactPath.Find(arguments, path) is not [{ ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value])
                return null;
            key[name] = JsonNode.Parse(value.GetRawText());
        }

        return CanonicalOf(key) is { } canonical ? new FactQuery(this, canonical) : null;
    }

    /// <summary>What an answer says, in the declared types; poison where it lacks a member or a member has another type.</summary>
    internal Value Read(JsonElement answer) => Read(answer, Members);

    /// <summary>The same of what <see cref="WriteTo"/> wrote, or a person states: each member stands under its own name.</summary>
    internal Value ReadRecorded(JsonElement recorded) => Read(recorded, Members.Select(member => member with { At = member.Name }));

    /// <summary>Writes a fact so that it can be read again.</summary>
    internal static void WriteTo(JcsWriter writer, RecordValue fact)
    {
        writer.BeginObject();
        foreach (var (name, value) in fact.Attributes.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            writer.Key(Encoding.UTF8.GetBytes(name));
            FactMember.WriteTo(writer, value);
        }

        writer.EndObject();
    }

    private Value Read(JsonElement answer, IEnumerable<FactMember> members)
    {
        var record = new RecordBuilder(Members.Length);
        foreach (var member in members)
        {
            if (member.Read(answer) is not { } value)
                return new PoisonValue($"fact '{Name}': the answer has no '{member.At}' of type {member.Type}");
            record.Add(member.Name, value);
        }

        return record.Build();
    }

    internal static string? CanonicalOf(JsonObject key) =>
        Jcs.TryCanonicalize(JsonSerializer.SerializeToUtf8Bytes(key, StrictJson.Options), out var canonical, out _, KeyLimits) ? Encoding.UTF8.GetString(canonical) : null;

    private static JcsLimits KeyLimits { get; } = new() { MaxBytes = 4_096 };
}
