using Writ.Governance.Agents;
using Writ.Governance.Organizations;

namespace Writ.Governance.Credentials;

/// <summary>That an API key was used from two networks, one soon after the other. Immutable.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Agent">The agent.</param>
/// <param name="KeyId">The public part of the key.</param>
/// <param name="First">Where it was used first.</param>
/// <param name="Then">Where it was used then.</param>
/// <param name="Apart">How long after.</param>
public sealed record KeySighting(OrganizationId Organization, AgentId Agent, string KeyId, SourceNetwork First, SourceNetwork Then, TimeSpan Apart);
