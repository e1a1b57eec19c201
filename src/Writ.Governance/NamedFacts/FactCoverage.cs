using System.Collections.Immutable;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.NamedFacts;

/// <summary>For which tools a fact is made.</summary>
internal sealed record FactCoverage(ImmutableArray<string> Patterns)
{
    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Split('/') is not [var server, { Length: > 0 and <= ToolName.MaxLength } tool])
            return $"'{pattern}' is neither server/tool, server/* nor effect/<class>";
        if (server == "effect")
            return Enum.GetValues<EffectClass>().Any(e => e.Word() == tool) ? null : $"there is no effect class '{tool}'";
        return Slug.IsValid(server) ? null : $"'{server}' is no server's name: {Slug.Rule}";
    }

    public bool Covers(Tool tool) => Covers(tool.Server.ToString(), tool.Name, tool.Classification is { } known ? [known.Effect] : []);

    /// <summary>The same of a tool that may be of any of these effect classes.</summary>
    public bool Covers(string server, string tool, ImmutableArray<EffectClass> effects) => Patterns.Any(pattern => pattern.Split('/') is [var stated, var name]
        && (stated == "effect" ? effects.Any(effect => effect.Word() == name) : stated == server && (name == "*" || name == tool)));
}
