using System.Collections.Immutable;

namespace Writ.Governance.Credentials;

/// <summary>The credentials of an organization's agents that are no API keys, those of the past included. Immutable.</summary>
public sealed record AgentCredentials
{
    /// <summary>How long a credential works.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(365);

    /// <summary>How long the predecessor of a credential goes on working.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    public static AgentCredentials None { get; } = new();

    public ImmutableDictionary<string, AgentCredential> ById { get; init; } = ImmutableDictionary<string, AgentCredential>.Empty;

    /// <summary>By key thumbprint, SPIFFE id or DID, the id of the credential, of a DID's the latest. What was a credential once is never another agent's.</summary>
    public ImmutableDictionary<string, string> ByPublic { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The credential of an id, whatever its standing.</summary>
    public AgentCredential? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The credential of a key thumbprint, a SPIFFE id or a DID, whatever its standing.</summary>
    public AgentCredential? Holding(string @public) => ByPublic.TryGetValue(@public, out var id) ? ById[id] : null;

    /// <summary>The same with one credential changed.</summary>
    public AgentCredentials With(AgentCredential credential) => this with { ById = ById.SetItem(credential.Id, credential) };
}
