using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Values;
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

    internal ImmutableArray<FactMember> Members { get; init; } = [];

    internal FactCoverage Coverage { get; init; } = new([]);

    /// <summary>The rows by their key.</summary>
    internal FrozenDictionary<string, Value> Rows { get; init; } = FrozenDictionary<string, Value>.Empty;

    /// <summary>The key that a call's arguments make, as canonical JSON (RFC 8785); null where they do not hold the whole key, each part one text, number or truth value.</summary>
    internal string? KeyOf(JsonElement arguments)
    {
        var key = new JsonObject();
        foreach (var (name, path) in Declaration.Key)
        {
            if (FactPath.Find(arguments, path) is not [{ ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value])
                return null;
            key[name] = JsonNode.Parse(value.GetRawText());
        }

        return CanonicalOf(key);
    }

    /// <summary>What an answer says, in the declared types; poison where it lacks a member or a member has another type.</summary>
    internal Value Read(JsonElement answer)
    {
        var record = new RecordBuilder(Members.Length);
        foreach (var member in Members)
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
