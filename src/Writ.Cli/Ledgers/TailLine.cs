using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Records;

namespace Writ.Cli.Ledgers;

/// <summary>A record in one line, for people. What others wrote is inert.</summary>
internal static class TailLine
{
    private const int MostText = 120;

    /// <summary>The pieces of the line.</summary>
    /// <param name="record">The record.</param>
    /// <param name="agents">What agents are called, by id.</param>
    public static (string Text, Look Look)[] Of(JsonObject record, IReadOnlyDictionary<string, string> agents)
    {
        var kind = Word(record, "kind") ?? "record";
        var result = Word(record, "outcome") ?? Word(record, "status") ?? Word(record, "answer");
        return
        [
            ($"{Time(record)}  ", Look.Quiet),
            ($"{kind,-9} ", Look.Plain),
            ($"{Inert(result ?? ""),-22} ", LookOf(result)),
            (string.Join("  ", Parts(record, agents).Select(Inert)), Look.Plain),
        ];
    }

    private static IEnumerable<string> Parts(JsonObject record, IReadOnlyDictionary<string, string> agents)
    {
        if (Word(record, "agent") is { } agent)
            yield return agents.GetValueOrDefault(agent, agent);
        foreach (var member in (string[])["action", "code", "error", "person", "cause", "decision"])
        {
            if (Word(record, member) is { } word)
                yield return word;
        }

        if (record["rules"] is JsonArray { Count: > 0 } rules && rules[0] is JsonValue rule)
            yield return rule.ToString();
    }

    private static string Time(JsonObject record) =>
        record["at"] is JsonValue at && at.TryGetValue<long>(out var microseconds) && microseconds is >= 0 and < 253_402_300_800_000_000
            ? Timestamp.FromMicroseconds(microseconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : "";

    private static Look LookOf(string? result) => result switch
    {
        "ALLOW" or "ALLOW_WITH_CONSTRAINTS" or "executed" or "approved" => Look.Good,
        "REQUIRE_APPROVAL" or "REMEDIATE" => Look.Held,
        null => Look.Plain,
        _ => Look.Bad,
    };

    private static string? Word(JsonObject record, string member) => record[member] is JsonValue value && value.TryGetValue<string>(out var word) ? word : null;

    private static string Inert(string text) => InertText.Of(text, MostText);
}
