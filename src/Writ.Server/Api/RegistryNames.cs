using Writ.Governance.Agents;
using Writ.Governance.People;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>What the agents and resources of an organization are called.</summary>
/// <param name="organization">Whose.</param>
/// <param name="resources">Names resources.</param>
/// <param name="reader">Who asks: agents that this person may not know of, and reads no records of, have no name; null for Writ itself.</param>
/// <param name="now">UTC, for what is shared until a time.</param>
internal sealed class RegistryNames(OrganizationState organization, ResourceNames resources, Person? reader = null, DateTimeOffset now = default) : IRecordNames
{
    public IEnumerable<(string Name, string Id)> Agents =>
        organization.Agents.Values.Where(a => reader is null || AgentRights.MayDiscover(reader, a, now) || reader.Teams.Contains(a.Team)).Select(a => (a.Name, a.Id.ToString()));

    public string? Resource(string resource) => resources.Of(organization.Id, resource);
}
