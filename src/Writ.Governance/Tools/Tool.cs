using Writ.Governance.Schemas;

namespace Writ.Governance.Tools;

/// <summary>A tool of a server, pinned by the hash of its whole definition. Immutable.</summary>
/// <param name="Server">The server it belongs to.</param>
/// <param name="Name">Its name on that server.</param>
/// <param name="Definition">What was pinned; null for a tool that was never admitted.</param>
/// <param name="Classification">What people confirmed; null where they did not.</param>
/// <param name="Input">The compiled input schema; null for a tool that was never admitted.</param>
/// <param name="Standing">Whether it may be called.</param>
public sealed record Tool(
    ServerSlug Server,
    string Name,
    ToolDefinition? Definition,
    ToolClassification? Classification,
    InputSchema? Input,
    ToolStanding Standing)
{
    /// <summary>The name of the Cedar action: <c>tool/&lt;server&gt;/&lt;tool&gt;</c>.</summary>
    public string ActionName { get; } = ActionNameOf(Server, Name);

    /// <summary>The name of the Cedar action of a tool.</summary>
    public static string ActionNameOf(ServerSlug server, string tool) => $"tool/{server}/{tool}";

    /// <summary>A tool that showed up and was never admitted.</summary>
    public static Tool Unadmitted(ServerSlug server, string name, string cause) =>
        new(server, name, null, null, null, new ToolStanding.Quarantined(cause));

    /// <summary>Why the tool cannot be called, for people; null when it can.</summary>
    public string? Obstacle => Standing switch
    {
        ToolStanding.Quarantined quarantined => quarantined.Cause,
        _ when Definition is null || Input is null => "no definition is pinned",
        _ when Classification is null => "nobody classified it",
        _ => Classification.Incompleteness,
    };
}
