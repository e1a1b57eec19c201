using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Remedies;

/// <summary>A remedy as a policy writes it; see <see cref="RemedyParser.Expected"/>.</summary>
/// <param name="Tool">The tool of the same server to call instead; null for the refused tool, whose other arguments then stay as they are.</param>
/// <param name="Members">What each argument is made of.</param>
internal sealed record RemedyTemplate(string? Tool, ImmutableArray<RemedyMember> Members)
{
    /// <summary>The remedy for one refused action; null when an argument it needs is not there, or it would change nothing.</summary>
    public Remedy? For(ServerSlug server, string refusedTool, Arguments refused)
    {
        var arguments = Tool is null ? JsonObject.Create(refused.Value)! : new JsonObject();
        foreach (var member in Members)
        {
            if (member.ValueFrom(refused.Value) is not { } value || !ArgumentPath.Set(arguments, member.Name, value))
                return null;
        }

        if (Arguments.From(arguments) is not { } made || (Tool is null && made.Digest == refused.Digest))
            return null;
        return new Remedy(server, Tool ?? refusedTool, made);
    }
}
