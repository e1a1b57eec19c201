using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Replay;

/// <summary>
/// Reads the neutral <c>tools.json</c>: an object from suite to tools. Every suite becomes a declared server, every tool goes the way of a
/// tool that a server shows. Nothing is skipped: a tool that could not be admitted is an error.
/// </summary>
internal static class NeutralCatalog
{
    /// <summary>The longest file, in bytes.</summary>
    public const int MaxBytes = 8 << 20;

    private const int MaxAnnotation = 200;

    /// <summary>The suites with their servers and the admissions of their tools; or what is wrong.</summary>
    public static (ImmutableArray<Suite> Suites, string? Problem) Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
            return ([], $"has {json.Length} bytes; at most {MaxBytes} are read");
        try
        {
            var suites = JsonSerializer.Deserialize<Dictionary<string, ImmutableArray<NeutralTool>>>(json, StrictJson.Options);
            var read = ImmutableArray.CreateBuilder<Suite>();
            foreach (var (name, tools) in suites ?? [])
            {
                var (suite, problem) = Read(name, tools);
                if (suite is null)
                    return ([], problem);
                if (read.Any(other => other.Server.Slug == suite.Server.Slug))
                    return ([], $"two suites have the server name '{suite.Server.Slug}'");
                read.Add(suite);
            }

            return (read.ToImmutable(), null);
        }
        catch (JsonException problem)
        {
            return ([], $"line {problem.LineNumber + 1}, at {problem.Path ?? "$"}: {problem.Message}");
        }
    }

    private static (Suite? Suite, string? Problem) Read(string name, ImmutableArray<NeutralTool> tools)
    {
        if (!ServerSlug.TryParse(name.Replace('_', '-'), null, out var slug))
            return (null, $"the suite '{name}' does not make the name of a server");
        if (tools.IsDefaultOrEmpty || tools.Length > ToolAdmission.MaxTools)
            return (null, $"the suite '{name}' has no tools, or more than {ToolAdmission.MaxTools}");
        if (tools.SelectMany(t => t.Params.Values).FirstOrDefault(p => p.Type.Length > MaxAnnotation) is { } wordy)
            return (null, $"a type of the suite '{name}' is longer than {MaxAnnotation} characters: '{wordy.Type[..40]}…'");
        if (tools.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            return (null, $"the suite '{name}' has two tools named '{twice}'");

        var server = new Server
        {
            Organization = ReplayWorld.Organization,
            Slug = slug,
            Connection = new ServerConnection.Declared(),
            Classifications = tools.ToImmutableSortedDictionary(t => t.Name, t => Classify(slug, t), StringComparer.Ordinal),
        };
        var actions = ToolAdmission.Examine(server, [.. tools.Select(Define)], []);
        var admitted = actions.OfType<ToolAdmitted>().ToImmutableArray();
        if (actions.OfType<ToolQuarantined>().FirstOrDefault() is { } refused)
            return (null, $"the tool '{refused.Tool}' of the suite '{name}': {refused.Cause}");
        return admitted.Length == tools.Length
            ? (new Suite(name, server, admitted), null)
            : (null, $"the suite '{name}' has a tool whose name is not 1 to {ToolName.MaxLength} of A-Z a-z 0-9 _ - . /");
    }

    private static ToolClassification Classify(ServerSlug server, NeutralTool tool) => new()
    {
        Effect = tool.Effect,
        Capability = $"{server}.{tool.Name}",
        RiskTags = ["none"],
        UntrustedResults = tool.UntrustedSource,
    };

    /// <summary>The definition an MCP server would show for the tool. What it takes beyond its parameters is not ruled out, as with most servers.</summary>
    private static JsonElement Define(NeutralTool tool)
    {
        var properties = new JsonObject();
        foreach (var (name, parameter) in tool.Params)
            properties[name] = NeutralTypes.SchemaOf(parameter.Type);
        var definition = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Doc ?? "",
            ["inputSchema"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray([.. tool.Params.Where(p => p.Value.IsRequired).Select(p => (JsonNode)p.Key)]),
            },
        };
        return JsonSerializer.SerializeToElement(definition);
    }

    /// <summary>A suite of recorded traces, as a server of Writ.</summary>
    /// <param name="Name">Its name in the traces.</param>
    /// <param name="Server">The server that stands for it.</param>
    /// <param name="Tools">The admissions of its tools.</param>
    internal sealed record Suite(string Name, Server Server, ImmutableArray<ToolAdmitted> Tools);
}
