using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Records;
using Writ.Ledger;

namespace Writ.Governance.Feeds.Formats;

/// <summary>
/// A record on its way out, as formats read it. It says what the record says in clear and nothing else: what is sealed is not at hand here.
/// Immutable.
/// </summary>
public sealed class OutgoingRecord
{
    private readonly JsonElement _root;

    private OutgoingRecord(string origin, ulong index, ReadOnlyMemory<byte> bytes, JsonElement root) => (Origin, Index, Bytes, _root) = (origin, index, bytes, root);

    /// <summary>The log it lies in, <c>&lt;trust domain&gt;/&lt;organization&gt;/&lt;kind of log&gt;</c>.</summary>
    public string Origin { get; }

    public ulong Index { get; }

    /// <summary>The record as it was recorded: the leaf of the log's tree.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What kind of record it is; <c>control</c> for what changed Writ itself.</summary>
    public string Kind => Word("kind") ?? (ControlKind is null ? "unknown" : "control");

    /// <summary>What a control record changed, as <c>agent.registered</c>; null for other records.</summary>
    public string? ControlKind => _root.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object ? WordOf(action, "kind") : null;

    /// <summary>Who took a control action; null for other records, and for the installation itself.</summary>
    public string? ControlPerson => _root.TryGetProperty("by", out var by) && by.ValueKind == JsonValueKind.Object ? WordOf(by, "person") : null;

    /// <summary>When it happened; null where the record does not say.</summary>
    public DateTimeOffset? At => Number("at") is { } at and >= 0 and < 253_402_300_800_000_000 ? Timestamp.FromMicroseconds(at) : null;

    /// <summary>Reads a record of a log.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static OutgoingRecord Read(string origin, LedgerRecord record)
    {
        using var document = JsonDocument.Parse(record.Bytes);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? new OutgoingRecord(origin, record.Index, record.Bytes, document.RootElement.Clone())
            : throw new JsonException($"record {record.Index} of {origin} is no object");
    }

    /// <summary>A member that is text, or the attested value of one that is; null where there is none.</summary>
    public string? Word(string member) =>
        WordOf(_root, member) ?? (_root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object ? WordOf(value, "value") : null);

    /// <summary>A member that is a whole number.</summary>
    public long? Number(string member) => _root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The texts of a member that is a list.</summary>
    public ImmutableArray<string> Words(string member) =>
        _root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>Whether a decision used an approval up.</summary>
    public bool UsesApproval =>
        _root.TryGetProperty("approval", out var approval) && approval.ValueKind == JsonValueKind.Object && approval.TryGetProperty("used", out var used) && used.ValueKind == JsonValueKind.True;

    private static string? WordOf(JsonElement of, string member) => of.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
