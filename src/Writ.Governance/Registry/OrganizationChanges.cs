using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Policies;
using Writ.Governance.Schemas;
using Writ.Governance.Tools;

namespace Writ.Governance.Registry;

/// <summary>What each control action makes of an organization.</summary>
internal static class OrganizationChanges
{
    public static OrganizationState Change(this OrganizationState state, AgentId id, Func<Agent, Agent> change) =>
        state.Agents.TryGetValue(id, out var agent)
            ? state with { Agents = state.Agents.SetItem(id, change(agent)) }
            : throw new InvalidDataException($"agent {id} was never registered");

    public static OrganizationState Revoke(this OrganizationState state, string keyId) =>
        state.AgentKeys.TryGetValue(keyId, out var key)
            ? state with { AgentKeys = state.AgentKeys.SetItem(keyId, key with { Revoked = true }) }
            : throw new InvalidDataException($"key {keyId} was never issued");

    public static OrganizationState Register(this OrganizationState state, Server server) =>
        state.WithServer(server with { Tools = server.Tools.Clear() });

    public static OrganizationState Admit(this OrganizationState state, ToolAdmitted admitted)
    {
        var server = state.Server(admitted.Server) ?? throw new InvalidDataException($"server {admitted.Server} was never registered");
        var definition = ToolDefinition.Read(admitted.Definition) is ToolDefinitionReading.Read read && read.Definition.Digest.ToHex() == admitted.Digest
            ? read.Definition
            : throw new InvalidDataException($"the definition of {admitted.Server}/{admitted.Tool} is not what its digest says");
        var input = InputSchema.Compile(definition.InputSchema) is SchemaCompilation.Compiled compiled
            ? compiled.Schema
            : throw new InvalidDataException($"the input schema of {admitted.Server}/{admitted.Tool} was admitted but does not compile");
        var tool = new Tool(server.Slug, definition.Name, definition, server.Classifications.GetValueOrDefault(admitted.Tool), input, ToolStanding.Admitted.Instance);
        return state.WithServer(server with { Tools = server.Tools.SetItem(admitted.Tool, tool) });
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
        var bundles = state.Bundles.SetItem(bundle.Name, bundle);
        return state with { Bundles = bundles, Policy = new ActivePolicy(state.Id, bundles, state.ServersBySlug) };
    }

    private static OrganizationState WithServer(this OrganizationState state, Server server)
    {
        var servers = state.ServersBySlug.SetItem(server.Slug.ToString(), server);
        return state with { ServersBySlug = servers, Policy = new ActivePolicy(state.Id, state.Bundles, servers) };
    }
}
