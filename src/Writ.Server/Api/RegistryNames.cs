using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>What the agents and resources of an organization are called.</summary>
internal sealed class RegistryNames(OrganizationState organization, ResourceNames resources) : IRecordNames
{
    public IEnumerable<(string Name, string Id)> Agents => organization.Agents.Values.Select(a => (a.Name, a.Id.ToString()));

    public string? Resource(string resource) => resources.Of(organization.Id, resource);
}
