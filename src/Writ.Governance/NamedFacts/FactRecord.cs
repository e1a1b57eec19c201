using System.Collections.Immutable;
using Writ.Cedar.Values;
using Writ.Crypto.Json;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Records;

namespace Writ.Governance.NamedFacts;

/// <summary>
/// What a decision writes of its named facts. The record says which there were, from where and how old; what they said stands in the
/// sealed payload, since a looked-up value may be personal, and a digest of it in the clear could be guessed. The record's commitment covers both.
/// </summary>
internal static class FactRecord
{
    /// <summary>The most facts that a record names.</summary>
    public const int MaxNamed = 64;

    private const int MaxValue = 16 * 1024;

    /// <summary>The facts that policies were asked with; none where policies were not asked.</summary>
    public static ImmutableArray<NamedFact> Of(Walk walk, DecisionDetails details)
    {
        var request = walk.Request;
        var asked = walk.GateNames.IndexOf(PolicyGate.GateName);
        return asked < 0 || walk.GatesRun <= asked || request.Tool is not { Obstacle: null } tool
            ? []
            : [.. request.Policy.Snapshot.FactsOf(request.Facts, tool, details.Effective ?? request.Arguments)];
    }

    /// <summary>The member <c>facts</c> of the record.</summary>
    public static void WriteTo(JcsWriter writer, ImmutableArray<NamedFact> facts, DateTimeOffset now)
    {
        writer.Key("facts"u8);
        writer.BeginArray();
        foreach (var fact in facts.Take(MaxNamed))
        {
            writer.BeginObject();
            if (fact.Reading?.At is { } at)
                writer.Member("age_ms"u8, (long)Math.Max(0, (now - at).TotalMilliseconds));
            writer.Key("available"u8);
            writer.Boolean(fact.IsAvailable);
            writer.Member("kind"u8, fact.Kind);
            writer.Member("name"u8, fact.Name);
            if (fact.Reading is { } reading)
                writer.Member("origin"u8, reading.Origin);
            writer.EndObject();
        }

        writer.EndArray();
    }

    /// <summary>The member <c>facts</c> of the payload: what each said, derived ones in the language of Cedar, looked-up ones as a replay reads them.</summary>
    public static void WriteValuesTo(JcsWriter writer, ImmutableArray<NamedFact> facts)
    {
        writer.Key("facts"u8);
        writer.BeginArray();
        foreach (var fact in facts)
        {
            var said = fact.Value.ToString();
            writer.BeginObject();
            if (!fact.IsAvailable)
                writer.Member("fault"u8, said.Length > MaxValue ? said[..MaxValue] : said);
            writer.Member("name"u8, fact.Name);
            if (fact is { Value: RecordValue record, Reading: not null })
            {
                writer.Key("value"u8);
                FactSource.WriteTo(writer, record);
            }
            else if (fact.IsAvailable)
            {
                writer.Member("value"u8, said);
            }

            writer.EndObject();
        }

        writer.EndArray();
    }
}
