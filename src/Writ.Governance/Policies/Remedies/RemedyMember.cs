using System.Text.Json.Nodes;

namespace Writ.Governance.Policies.Remedies;

/// <summary>One argument of a remedy.</summary>
internal abstract record RemedyMember(string Name)
{
    /// <summary>Written out in the policy.</summary>
    public sealed record Literal(string Name, JsonNode Value) : RemedyMember(Name);

    /// <summary>Taken over from the refused call.</summary>
    public sealed record Taken(string Name, string Path) : RemedyMember(Name);
}
