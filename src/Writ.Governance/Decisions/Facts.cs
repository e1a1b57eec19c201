using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Delegation;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.Tasks;

namespace Writ.Governance.Decisions;

/// <summary>
/// What Writ knows about an action, from its own registry, clock and verified credentials. Never from the agent: what the agent
/// said is in <see cref="Arguments"/> and <see cref="Claims"/>.
/// </summary>
public sealed record Facts
{
    public required OrganizationId Organization { get; init; }

    public required Agent Agent { get; init; }

    /// <summary>The key id of the credential that the call came with.</summary>
    public required string Credential { get; init; }

    /// <summary>How much the credential proves: <c>low</c> for an API key.</summary>
    public required string Assurance { get; init; }

    /// <summary>The delegation chain that the call came with; null where the agent acts on its own authority.</summary>
    public ActionChain? Chain { get; init; }

    public required TaskStanding Task { get; init; }

    /// <summary>When the door received the action, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required Door Door { get; init; }

    /// <summary>What the agent says of itself in this call.</summary>
    public Claims Claims { get; init; } = Claims.None;

    /// <summary>What the agent says about this call; no policy reads it.</summary>
    public SelfReport? Report { get; init; }

    /// <summary>Where the call stands in its caller's trace, as the caller said; no policy reads it.</summary>
    public TraceParent? Trace { get; init; }

    /// <summary>The door's session that the call came in.</summary>
    public Guid? Session { get; init; }

    /// <summary>Facts that a registered enforcement point asserted, only under names it was registered for: an object, or undefined.</summary>
    public JsonElement Asserted { get; init; }

    /// <summary>What was looked up for this action: filled before policies are asked, and never by the agent.</summary>
    public FactSheet LookedUp { get; init; } = new();
}
