using System.Text.Json.Nodes;

namespace Writ.Cli.Demo;

/// <summary>One call that reached the desk, as the desk itself wrote it down.</summary>
internal sealed record DeskCall(string Tool, JsonObject Arguments)
{
    /// <summary>Whether it is what the agent wanted, argument for argument.</summary>
    public bool Is(JournalLine wanted) => Tool == wanted.Tool && JsonNode.DeepEquals(Arguments, wanted.Arguments);

    // What Writ itself asks the desk for the rules about refunds.
    private const string LookUp = "order_standing";

    /// <summary>All calls of agents so far, in the order of their execution.</summary>
    public static IReadOnlyList<DeskCall> ReadAll(string path) =>
        !File.Exists(path) ? [] : [.. File.ReadAllLines(path).Select(line => JsonNode.Parse(line)!.AsObject()).Select(call => new DeskCall(call["tool"]!.GetValue<string>(), call["arguments"]!.AsObject())).Where(call => call.Tool != LookUp)];
}
