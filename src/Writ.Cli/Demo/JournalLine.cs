using System.Text.Json.Nodes;

namespace Writ.Cli.Demo;

/// <summary>One step as the agent tells it: what it wanted and what it was told. Nothing here is evidence.</summary>
internal sealed record JournalLine(string Why, string Tool, JsonObject Arguments, string Outcome, string? Approval)
{
    /// <summary>Reads a line; null for one that is no step.</summary>
    public static JournalLine? Parse(string line)
    {
        var read = JsonNode.Parse(line)!.AsObject();
        return read["tool"] is null ? null : new JournalLine(
            read["why"]!.GetValue<string>(),
            read["tool"]!.GetValue<string>(),
            read["arguments"]!.AsObject(),
            read["outcome"]!.GetValue<string>(),
            read["approval"]?.GetValue<string>());
    }
}
