using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Typing;
using Writ.Governance.Registry;
using Writ.Governance.Schemas;

namespace Writ.Governance.Tools;

/// <summary>
/// Compares what a server shows with what is pinned. A tool that people classified is pinned when it is first seen; from then on every
/// change of its definition quarantines it, until the server is registered again.
/// </summary>
public static class ToolAdmission
{
    /// <summary>The most tools a server may have. What it shows beyond them does not exist, so that a server cannot fill the log with names.</summary>
    public const int MaxTools = 2_000;

    /// <summary>The control actions that follow from a listing; empty when nothing changed.</summary>
    /// <param name="server">The server as it is known.</param>
    /// <param name="shown">The definitions that it shows.</param>
    /// <param name="bundles">The active bundles: a tool that their rules do not fit is quarantined, so that no rule fails where it was meant to hold.</param>
    public static IReadOnlyList<ControlAction> Examine(Server server, IReadOnlyList<JsonElement> shown, IEnumerable<PublishedBundle> bundles)
    {
        var readings = shown.Select(ToolDefinition.Read).ToArray();
        var twice = readings.Select(NameOf).OfType<string>().GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var actions = new List<ControlAction>();
        var free = MaxTools - server.Tools.Count;
        foreach (var reading in readings.DistinctBy(r => NameOf(r) is { } name && twice.Contains(name) ? name : (object)r))
        {
            if (NameOf(reading) is not { } name || (!server.Tools.ContainsKey(name) && free-- <= 0))
                continue;
            var action = reading switch
            {
                _ when twice.Contains(name) => Quarantine(server, name, "", "the server lists two tools of this name"),
                ToolDefinitionReading.Refused refused => Quarantine(server, name, "", refused.Cause),
                ToolDefinitionReading.Read read => Examine(server, read.Definition),
                _ => null,
            };
            if (action is not null)
                actions.Add(action);
        }

        return Fitted(server, actions, bundles);
    }

    private static List<ControlAction> Fitted(Server server, List<ControlAction> actions, IEnumerable<PublishedBundle> bundles)
    {
        var admitted = actions.OfType<ToolAdmitted>().Select(server.Pinned).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        if (admitted.Count == 0)
            return actions;
        var misfits = BundleTyping.Misfits(bundles, server with { Tools = server.Tools.SetItems(admitted) });
        return [.. actions
            .Select(action => action is ToolAdmitted tool && misfits.TryGetValue(admitted[tool.Tool].ActionName, out var cause) ? Quarantine(server, tool.Tool, tool.Digest, cause) : action)
            .OfType<ControlAction>()];
    }

    private static string? NameOf(ToolDefinitionReading reading) => reading switch
    {
        ToolDefinitionReading.Read read => read.Definition.Name,
        ToolDefinitionReading.Refused refused => refused.Name,
        _ => null,
    };

    private static ControlAction? Examine(Server server, ToolDefinition shown)
    {
        var digest = shown.Digest.ToHex();
        if (server.Tools.GetValueOrDefault(shown.Name) is { Definition: { } pinned })
            return pinned.Digest == shown.Digest ? null : Quarantine(server, shown.Name, digest, "its definition is not the one that was pinned");
        if (!server.Classifications.TryGetValue(shown.Name, out var classification))
            return Quarantine(server, shown.Name, digest, "nobody classified it");
        if (classification.Incompleteness is { } incomplete)
            return Quarantine(server, shown.Name, digest, incomplete);
        return InputSchema.Compile(shown.InputSchema) is SchemaCompilation.Refused refused
            ? Quarantine(server, shown.Name, digest, $"its input schema is refused: {refused.Message}")
            : new ToolAdmitted(server.Slug, shown.Name, digest, shown.Document);
    }

    /// <summary>A tool that stands quarantined for the same cause is left as it is, so that a server cannot fill the log by flipping.</summary>
    private static ToolQuarantined? Quarantine(Server server, string name, string digest, string cause) =>
        server.Tools.GetValueOrDefault(name) is { Standing: ToolStanding.Quarantined standing } && standing.Cause == cause
            ? null
            : new ToolQuarantined(server.Slug, name, digest, cause);
}
