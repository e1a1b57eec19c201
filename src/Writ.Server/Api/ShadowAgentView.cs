using Writ.Governance.Agents;
using Writ.Governance.Registry;
using Writ.Governance.Shadows;

namespace Writ.Server.Api;

/// <summary>A shadow agent as the API shows it.</summary>
internal sealed record ShadowAgentView(
    string Id, string Credential, string? KeyId, AddressClass Address, string? Client, IReadOnlyCollection<string> Doors, IReadOnlyCollection<string> Tried, bool TriedMore,
    DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long Count, AgentId? Draft, bool Dismissed)
{
    public static ShadowAgentView Of(ShadowAgent shadow, OrganizationState state, IReadOnlyDictionary<string, AgentId> drafts) => new(
        shadow.Id, shadow.Credential, shadow.KeyId, shadow.Address, shadow.Client, shadow.Doors, shadow.Tried, shadow.TriedMore, shadow.FirstSeen, shadow.LastSeen, shadow.Count,
        drafts.TryGetValue(shadow.Id, out var draft) ? draft : null,
        state.DismissedShadows.ContainsKey(shadow.Id));
}
