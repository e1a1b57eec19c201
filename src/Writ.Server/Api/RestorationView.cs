using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>The last restore as people see it.</summary>
internal sealed record RestorationView(
    string Domain, DateTimeOffset At, bool Confirmed, ImmutableArray<string> ConfirmedBy, bool Solo, ImmutableArray<RestoredLog> Logs, int Erased, ImmutableArray<SuspendedKeyView> SuspendedKeys)
{
    /// <summary>Null where an organization was never restored. Of keys, those of agents that <paramref name="isKnown"/> says may be told of.</summary>
    public static RestorationView? Of(OrganizationState state, Func<AgentId, bool> isKnown) => state.Restoration is not { } restoration ? null : new RestorationView(
        restoration.Domain, restoration.At, restoration.IsConfirmed, [.. restoration.ConfirmedBy.Select(person => person.ToString())], restoration.Solo, restoration.Logs, restoration.Erased.Length,
        [.. state.AgentKeys.Values.Where(key => key.Suspended).Select(key => (key.KeyId, key.Agent, key.ExpiresAt))
            .Concat(state.AgentCredentials.ById.Values.Where(credential => credential.Suspended).Select(credential => (credential.Id, credential.Agent, credential.ExpiresAt)))
            .Where(key => isKnown(key.Item2))
            .OrderBy(key => key.Item1, StringComparer.Ordinal)
            .Select(key => new SuspendedKeyView(key.Item1, key.Item2, state.Agents[key.Item2].Name, key.Item3))]);
}
