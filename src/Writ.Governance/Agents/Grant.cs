using System.Collections.Immutable;
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

    /// <summary>What both allow: each tool that one of <paramref name="held"/> and one of <paramref name="within"/> cover, in the order of the first.</summary>
    public static ImmutableArray<Grant> Meet(ImmutableArray<Grant> held, ImmutableArray<Grant> within)
    {
        var met = ImmutableArray.CreateBuilder<Grant>(held.Length);
        foreach (var grant in held)
        {
            foreach (var limit in within)
            {
                if (grant.Meet(limit) is { } both && !met.Contains(both))
                    met.Add(both);
            }
        }

        return met.ToImmutable();
    }

    private Grant? Meet(Grant other) =>
        Server != other.Server ? null
        : other.Tool == EveryTool || other.Tool == Tool ? this
        : Tool == EveryTool ? other
        : null;

    public override string ToString() => $"{Server}/{Tool}";
}
