using Writ.Governance.Querying.Language;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>What the agents of an organization are called.</summary>
internal sealed class RegistryNames(OrganizationState organization) : IAgentNames
{
    public IEnumerable<(string Name, string Id)> All => organization.Agents.Values.Select(a => (a.Name, a.Id.ToString()));
}
