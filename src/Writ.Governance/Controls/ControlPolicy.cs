using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Registry;

namespace Writ.Governance.Controls;

/// <summary>Decides control actions by the built-in control bundle. A principal that is not a person has no rights here at all.</summary>
internal static class ControlPolicy
{
    private static readonly PolicySet Bundle = Load();

    /// <summary>Why a person may not take these actions with a credential of a scope, or null when every one is permitted.</summary>
    public static string? Refusal(OrganizationState? organization, PersonId person, TokenScope? scope, IReadOnlyList<ControlAction> actions)
    {
        if (organization is null || !organization.People.TryGetValue(person, out var known))
            return "the person does not belong to this organization";
        if (!known.IsHere)
            return "the person has left this organization";
        if (scope?.ReadOnly == true)
            return "the token only reads";
        if (scope is not null && actions.Any(action => GoesFurther(action, scope)))
            return "a limited token makes no way in for anybody, and no token that goes further than itself";
        known = scope?.Narrow(known) ?? known;
        foreach (var (name, team) in actions.SelectMany(action => action.PolicyNames(person).Select(name => (name, TeamOf(organization, actions, action)))).Distinct())
        {
            PersonCapability[] ofTeam = team is { } one ? [.. known.TeamCapabilities.GetValueOrDefault(one, [])] : [];
            if (!Permits(organization.Id, person, name, [.. known.Capabilities, .. ofTeam.Where(capability => capability != PersonCapability.App)], ofTeam))
                return $"{name} needs a capability that {person} does not have{(scope is null ? "" : ", or that this token is not for")}";
        }

        return null;
    }

    /// <summary>Whether the bundle permits an action to who has these capabilities everywhere, and those for the team of the agent that it is about.</summary>
    internal static bool Permits(OrganizationId organization, PersonId person, string action, IEnumerable<PersonCapability> capabilities, IEnumerable<PersonCapability> ofTeam)
    {
        var principal = Vocabulary.Person(person);
        var attributes = RecordValue.Of(("capabilities", Words(capabilities)), ("team_capabilities", Words(ofTeam)));
        if (EntityStore.Create([new Entity(principal, attributes: attributes)]) is not EntityStoreResult.Built built)
            return false;
        var evaluation = Reference.Evaluate(Bundle, new Request(principal, Vocabulary.Action(action), Vocabulary.Organization(organization)), built.Store);
        return evaluation.Decision == Decision.Allow && evaluation.Errors.IsEmpty;
    }

    private static SetValue Words(IEnumerable<PersonCapability> capabilities) => SetValue.Of(capabilities.Distinct().Select(c => (Value)c.Word()));

    /// <summary>The team of the one agent that an action is about; null where it is about none, or about whose agent it is.</summary>
    private static TeamId? TeamOf(OrganizationState state, IReadOnlyList<ControlAction> actions, ControlAction action)
    {
        if (action is AgentRegistered registered)
            return registered.Agent.Team;
        AgentId? agent = action switch
        {
            AgentLifecycleChanged a => a.Agent,
            AgentGrantsChanged a => a.Agent,
            AgentGrantsStaged a => a.Agent,
            AgentGrantRestored a => a.Agent,
            AgentCeilingChanged a => a.Agent,
            AgentVersionRegistered a => a.Agent,
            AgentVersionDeployed a => a.Agent,
            AgentKeyIssued a => a.Agent,
            AgentKeyRevoked a => a.Agent,
            AgentCredentialRegistered a => a.Agent,
            AgentCredentialRevoked a => a.Agent,
            DelegationMinted a => a.Agent,
            _ => null,
        };
        return agent is not { } id ? null
            : state.Agents.TryGetValue(id, out var known) ? known.Team
            : actions.OfType<AgentRegistered>().FirstOrDefault(made => made.Agent.Id == id)?.Agent.Team;
    }

    /// <summary>Whether somebody could do more with what the action makes than a token of this scope lets its holder do.</summary>
    private static bool GoesFurther(ControlAction action, TokenScope scope) => action switch
    {
        PersonAdded or PersonReturned or PersonCapabilitiesGiven or DirectoryClientRegistered or DirectoryUserDescribed or TeamDirectoryBound or PasskeyInvited or PersonLinked or OpenIdProviderRegistered or UserIssuerProposed or UserIssuerRegistered => true,
        PersonTokenIssued issued => issued.Scope is not { } made || !made.IsWithin(scope),
        _ => false,
    };

    private static PolicySet Load()
    {
        using var stream = typeof(ControlPolicy).Assembly.GetManifestResourceStream("control.cedar")
            ?? throw new InvalidOperationException("the control bundle is not part of this binary");
        using var reader = new StreamReader(stream);
        return PolicySet.Parse(reader.ReadToEnd()).TryGet(out var set, out var diagnostics)
            ? set
            : throw new InvalidOperationException($"the control bundle does not parse: {diagnostics[0]}");
    }
}
