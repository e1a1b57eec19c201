using Writ.Governance.Tools;

namespace Writ.Governance.Agents;

/// <summary>What an agent has been given: one tool of a server, or all of them. No grant means no tool.</summary>
/// <param name="Server">The server.</param>
/// <param name="Tool">The tool's name, or <see cref="EveryTool"/>.</param>
public sealed record Grant(ServerSlug Server, string Tool)
{
    /// <summary>Stands for every tool of the server, and has to be written out: an empty name grants nothing.</summary>
    public const string EveryTool = "*";

    public bool Covers(ServerSlug server, string tool) =>
        Server == server && (Tool == EveryTool || string.Equals(Tool, tool, StringComparison.Ordinal));

    /// <summary>Reads <c>server/tool</c> or <c>server/*</c>.</summary>
    public static bool TryParse(string? text, out Grant? grant)
    {
        grant = null;
        var slash = text?.IndexOf('/') ?? -1;
        if (slash < 0 || !ServerSlug.TryParse(text![..slash], null, out var server))
            return false;
        var tool = text[(slash + 1)..];
        if (tool != EveryTool && !ToolName.IsValid(tool))
            return false;
        grant = new Grant(server, tool);
        return true;
    }

    public override string ToString() => $"{Server}/{Tool}";
}
