using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Remedies;

/// <summary>A remedy as a policy writes it: <c>tool(name = args.path, name = 'text', name = 7, name = true)</c>.</summary>
/// <param name="Tool">The tool of the same server to call instead.</param>
/// <param name="Members">What each argument is taken from.</param>
internal sealed record RemedyTemplate(string Tool, ImmutableArray<RemedyMember> Members)
{
    /// <summary>The remedy for one refused action; null when an argument it takes over is not there.</summary>
    public Remedy? For(ServerSlug server, Arguments refused)
    {
        var arguments = new JsonObject();
        foreach (var member in Members)
        {
            JsonNode? value = member switch
            {
                RemedyMember.Literal literal => literal.Value.DeepClone(),
                RemedyMember.Taken taken => ArgumentPath.Find(refused.Value, taken.Path) is { } found ? JsonNode.Parse(found.GetRawText()) : null,
                _ => null,
            };
            if (value is null)
                return null;
            arguments[member.Name] = value;
        }

        return Arguments.From(arguments) is { } made ? new Remedy(server, Tool, made) : null;
    }
}
