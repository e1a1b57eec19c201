using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Records;
using Writ.Governance.Schemas;
using Writ.Governance.Tools;

namespace Writ.Governance.Registry;

/// <summary>What each control action makes of an organization.</summary>
internal static class OrganizationChanges
{
    public static OrganizationState Add(this OrganizationState state, PersonAdded added)
    {
        if (state.Teams.ContainsKey(added.Person.ToString()))
            throw new InvalidDataException($"'{added.Person}' is a team's name");
        var known = state.People.GetValueOrDefault(added.Person) ?? new Person(added.Person, added.DisplayName, added.Capabilities);
        return known.IsHere
            ? state.With(known with { DisplayName = added.DisplayName, Capabilities = added.Capabilities })
            : throw new InvalidDataException($"{added.Person} has left, and returns under that name alone");
    }

    public static OrganizationState Change(this OrganizationState state, PersonToolsChanged changed) =>
        state.People.TryGetValue(changed.Person, out var person)
            ? state with { People = state.People.SetItem(changed.Person, person with { Tools = changed.Tools }) }
            : throw new InvalidDataException($"person {changed.Person} was never added");

    public static OrganizationState Register(this OrganizationState state, Agent agent) =>
        agent.Organization != state.Id ? throw new InvalidDataException($"agent {agent.Id} is of another organization")
        : state.Agents.ContainsKey(agent.Id) ? throw new InvalidDataException($"agent {agent.Id} was registered before")
        : agent.TaskCeiling?.Problem is { } problem ? throw new InvalidDataException(problem)
        : state with
        {
            Agents = state.Agents.Add(agent.Id, agent.WithFirstVersion()),
            // Before names were kept for good, two agents could come to share one: the first keeps it.
            AgentsByName = state.AgentsByName.ContainsKey(agent.Name) ? state.AgentsByName : state.AgentsByName.Add(agent.Name, agent.Id),
        };

    public static OrganizationState Change(this OrganizationState state, AgentId id, Func<Agent, Agent> change) =>
        state.Agents.TryGetValue(id, out var agent)
            ? state with { Agents = state.Agents.SetItem(id, change(agent)) }
            : throw new InvalidDataException($"agent {id} was never registered");

    public static OrganizationState Issue(this OrganizationState state, AgentKeyIssued issued, ControlRecord record)
    {
        if (!state.Agents.TryGetValue(issued.Agent, out var agent) || agent.Lives() is null)
            throw new InvalidDataException($"agent {issued.Agent} was never registered");
        var sources = AgentKey.ReadSources(issued.Sources ?? []) ?? throw new InvalidDataException($"key {issued.KeyId} is bound to what are no networks");
        var keys = state.AgentKeys.SetItem(issued.KeyId, new AgentKey(issued.KeyId, issued.Agent, issued.SecretHash, issued.ExpiresAt) { Sources = sources });
        if (issued.Predecessor is null)
            return state with { AgentKeys = keys };
        var old = state.AgentKeys.TryGetValue(issued.Predecessor, out var key) && key.Agent == issued.Agent && !key.Revoked
            ? key
            : throw new InvalidDataException($"agent {issued.Agent} has no key {issued.Predecessor} that another could follow");
        var ends = Timestamp.FromMicroseconds(record.At) + AgentKey.Overlap;
        return state with { AgentKeys = ends < old.ExpiresAt ? keys.SetItem(old.KeyId, old with { ExpiresAt = ends }) : keys };
    }

    public static OrganizationState Revoke(this OrganizationState state, AgentKeyRevoked revoked) =>
        state.AgentKeys.TryGetValue(revoked.KeyId, out var key) && key.Agent == revoked.Agent
            ? state with { AgentKeys = state.AgentKeys.SetItem(revoked.KeyId, key with { Revoked = true }) }
            : throw new InvalidDataException($"key {revoked.KeyId} was never issued to agent {revoked.Agent}");

    public static OrganizationState Register(this OrganizationState state, EnforcementPointRegistered point) =>
        state with
        {
            EnforcementPoints = state.EnforcementPoints.SetItem(
                point.KeyId,
                new EnforcementPoint(point.Name, point.KeyId, point.SecretHash, point.Agents, point.Facts, point.Enforces) { Application = point.Application }),
        };

    public static OrganizationState State(this OrganizationState state, EnforcementPointEntitiesStated stated)
    {
        var point = state.EnforcementPoints.GetValueOrDefault(stated.KeyId) ?? throw new InvalidDataException($"enforcement point {stated.KeyId} was never registered");
        var entities = point.Entities.With(stated.Entities);
        return entities.Count <= StatedEntities.MaxEntities && stated.Entities.All(e => e.Problem is null)
            ? state with { EnforcementPoints = state.EnforcementPoints.SetItem(stated.KeyId, point with { Entities = entities }) }
            : throw new InvalidDataException($"enforcement point {stated.KeyId} has at most {StatedEntities.MaxEntities} well-formed entities");
    }

    public static OrganizationState Register(this OrganizationState state, Server server) =>
        server.Organization == state.Id
            ? state.WithServer(server with { Tools = server.Tools.Clear() })
            : throw new InvalidDataException($"server {server.Slug} is of another organization");

    public static OrganizationState Admit(this OrganizationState state, ToolAdmitted admitted)
    {
        var server = state.Server(admitted.Server) ?? throw new InvalidDataException($"server {admitted.Server} was never registered");
        return state.WithServer(server with { Tools = server.Tools.SetItem(admitted.Tool, server.Pinned(admitted)) });
    }

    /// <summary>The tool that an admission pins.</summary>
    public static Tool Pinned(this Server server, ToolAdmitted admitted)
    {
        var definition = ToolDefinition.Read(admitted.Definition) is ToolDefinitionReading.Read read && read.Definition.Digest.ToHex() == admitted.Digest && read.Definition.Name == admitted.Tool
            ? read.Definition
            : throw new InvalidDataException($"the definition of {admitted.Server}/{admitted.Tool} is not what its digest says");
        var input = InputSchema.Compile(definition.InputSchema) is SchemaCompilation.Compiled compiled
            ? compiled.Schema
            : throw new InvalidDataException($"the input schema of {admitted.Server}/{admitted.Tool} was admitted but does not compile");
        return new Tool(server.Slug, definition.Name, definition, server.Classifications.GetValueOrDefault(admitted.Tool), input, ToolStanding.Admitted.Instance);
    }

    public static OrganizationState Quarantine(this OrganizationState state, ToolQuarantined quarantined)
    {
        var server = state.Server(quarantined.Server) ?? throw new InvalidDataException($"server {quarantined.Server} was never registered");
        var known = server.Tools.GetValueOrDefault(quarantined.Tool);
        var tool = known is null
            ? Tool.Unadmitted(server.Slug, quarantined.Tool, quarantined.Cause)
            : known with { Standing = new ToolStanding.Quarantined(quarantined.Cause) };
        return state.WithServer(server with { Tools = server.Tools.SetItem(quarantined.Tool, tool) });
    }

    public static OrganizationState Publish(this OrganizationState state, PublishedBundle bundle)
    {
        var history = state.BundleHistories.GetValueOrDefault(bundle.Name, BundleHistory.Empty);
        var after = history.Publish(bundle, state.Bundles.GetValueOrDefault(bundle.Name)?.Digest);
        return state.WithBundle(bundle) with { BundleHistories = state.BundleHistories.SetItem(bundle.Name, after) };
    }

    public static OrganizationState RollBack(this OrganizationState state, BundleRolledBack rolledBack) =>
        state.BundleHistories.GetValueOrDefault(rolledBack.Name)?.Find(rolledBack.To) is { } version
            ? state.WithBundle(version.Bundle)
            : throw new InvalidDataException($"bundle {rolledBack.Name} has no version {rolledBack.To} to roll back to");

    private static OrganizationState WithBundle(this OrganizationState state, PublishedBundle bundle)
    {
        var bundles = state.Bundles.SetItem(bundle.Name, bundle);
        return (state with { Bundles = bundles, Policy = new ActivePolicy(state.Id, bundles, state.ServersBySlug) }).CandidatesBeside(bundle);
    }

    private static OrganizationState WithServer(this OrganizationState state, Server server)
    {
        var servers = state.ServersBySlug.SetItem(server.Slug.ToString(), server);
        return (state with { ServersBySlug = servers, Policy = new ActivePolicy(state.Id, state.Bundles, servers) }).WithCandidatePolicies();
    }
}
