using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Tools;

/// <summary>
/// An application that an enforcement point stands before: whoever acts in it acts through one agent, and each of its actions is a tool
/// of one declared server. Immutable.
/// </summary>
/// <param name="Agent">The agent that acts, one of those that the point asks for.</param>
/// <param name="Server">The declared server; an action <c>x</c> of the application is its tool <c>x</c>.</param>
/// <param name="Subjects">The types of subjects that the point states, such as <c>user</c>: the end users acted for.</param>
public sealed record ProtectedApplication(AgentId Agent, ServerSlug Server, ImmutableArray<string> Subjects)
{
    /// <summary>The name under which what is known of the subject stands in <c>context.asserted</c>.</summary>
    public const string SubjectFact = "subject";

    /// <summary>The name under which what is known of the resource stands in <c>context.asserted</c>.</summary>
    public const string ResourceFact = "resource";
}
