using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Tools;

namespace Writ.Governance.Registry;

/// <summary>
/// Everything that control records say, of all organizations: a fold that can be thrown away and rebuilt. Immutable; it knows nothing
/// of files, clocks or networks.
/// </summary>
public sealed record Registry
{
    public static Registry Empty { get; } = new();

    public ImmutableDictionary<OrganizationId, OrganizationState> Organizations { get; init; } =
        ImmutableDictionary<OrganizationId, OrganizationState>.Empty;

    /// <summary>To which organization a credential belongs, by its key id: the only look-up that crosses organizations.</summary>
    public ImmutableDictionary<string, OrganizationId> Credentials { get; init; } = ImmutableDictionary<string, OrganizationId>.Empty;

    private ImmutableDictionary<string, ImmutableArray<BundlePart>> PendingBundles { get; init; } =
        ImmutableDictionary<string, ImmutableArray<BundlePart>>.Empty;

    /// <summary>The state after one more record.</summary>
    /// <exception cref="InvalidDataException">The record contradicts what came before it. Records are checked before they are
    /// written, so the log was not written by Writ; a start that meets one refuses.</exception>
    public Registry Apply(ControlRecord record)
    {
        if (record.V != ControlRecord.Format)
            throw new InvalidDataException($"control record {record.Id} has format {record.V}; this binary reads {ControlRecord.Format}");
        if (record.Action is OrganizationCreated created)
            return With(Create(record.Organization, created));
        if (!Organizations.TryGetValue(record.Organization, out var organization))
            throw new InvalidDataException($"control record {record.Id} names an organization that was never created");

        return record.Action switch
        {
            PersonAdded a => With(organization with { People = organization.People.SetItem(a.Person, new Person(a.Person, a.DisplayName, a.Capabilities)) }),
            PersonTokenIssued a => With(organization with { PersonTokens = organization.PersonTokens.SetItem(a.KeyId, new PersonToken(a.KeyId, a.Person, a.SecretHash, a.StandsFor)) }, a.KeyId),
            AgentRegistered a => With(organization with { Agents = organization.Agents.SetItem(a.Agent.Id, a.Agent) }),
            AgentLifecycleChanged a => With(organization.Change(a.Agent, agent => agent with { Lifecycle = a.To })),
            AgentGrantsChanged a => With(organization.Change(a.Agent, agent => agent with { Grants = a.Grants })),
            AgentKeyIssued a => With(organization with { AgentKeys = organization.AgentKeys.SetItem(a.KeyId, new AgentKey(a.KeyId, a.Agent, a.SecretHash, a.ExpiresAt)) }, a.KeyId),
            AgentKeyRevoked a => With(organization.Revoke(a.KeyId)),
            ServerRegistered a => With(organization.Register(a.Server)),
            ToolAdmitted a => With(organization.Admit(a)),
            ToolQuarantined a => With(organization.Quarantine(a)),
            BundlePart a => this with { PendingBundles = PendingBundles.SetItem(a.Digest, Collect(a)) },
            BundlePublished a => Publish(organization, a),
            EnforcementPointRegistered a => With(organization with { EnforcementPoints = organization.EnforcementPoints.SetItem(a.KeyId, new EnforcementPoint(a.Name, a.KeyId, a.SecretHash, a.Agents, a.Facts, a.Enforces)) }, a.KeyId),
            _ => throw new InvalidDataException($"control record {record.Id} is of a kind this binary does not fold"),
        };
    }

    private static OrganizationState Create(OrganizationId id, OrganizationCreated created)
    {
        var bundles = ImmutableSortedDictionary<string, PublishedBundle>.Empty;
        var servers = ImmutableSortedDictionary<string, Server>.Empty;
        return new OrganizationState { Id = id, DisplayName = created.DisplayName, Policy = new ActivePolicy(id, bundles, servers) };
    }

    private Registry With(OrganizationState organization) =>
        this with { Organizations = Organizations.SetItem(organization.Id, organization) };

    private Registry With(OrganizationState organization, string credential) =>
        With(organization) with { Credentials = Credentials.SetItem(credential, organization.Id) };

    private ImmutableArray<BundlePart> Collect(BundlePart part) =>
        PendingBundles.GetValueOrDefault(part.Digest, []).Where(p => p.Part != part.Part).Append(part).ToImmutableArray();

    private Registry Publish(OrganizationState organization, BundlePublished published)
    {
        var parts = PendingBundles.GetValueOrDefault(published.Digest, []).OrderBy(p => p.Part).ToArray();
        if (parts.Length == 0 || parts.Length != parts[0].Parts)
            throw new InvalidDataException($"bundle {published.Name} {published.Digest} was published without all of its parts");
        var archive = BundleArchive.Parse(parts.SelectMany(p => Convert.FromBase64String(p.Content)).ToArray());
        var bundle = new PublishedBundle(published.Name, published.Version, published.Digest, archive);
        return With(organization.Publish(bundle)) with { PendingBundles = PendingBundles.Remove(published.Digest) };
    }
}
