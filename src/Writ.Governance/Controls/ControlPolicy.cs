using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;
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
        var principal = Vocabulary.Person(person);
        var capabilities = SetValue.Of(known.Capabilities.Select(c => (Value)c.Word()));
        if (EntityStore.Create([new Entity(principal, attributes: RecordValue.Of(("capabilities", capabilities)))]) is not EntityStoreResult.Built built)
            return "the person's entity cannot be built";

        foreach (var action in actions.SelectMany(a => a.PolicyNames(person)).Distinct())
        {
            var request = new Request(principal, Vocabulary.Action(action), Vocabulary.Organization(organization.Id));
            var evaluation = Reference.Evaluate(Bundle, request, built.Store);
            if (evaluation.Decision != Decision.Allow || !evaluation.Errors.IsEmpty)
                return $"{action} needs a capability that {person} does not have{(scope is null ? "" : ", or that this token is not for")}";
        }

        return null;
    }

    /// <summary>Whether somebody could do more with what the action makes than a token of this scope lets its holder do.</summary>
    private static bool GoesFurther(ControlAction action, TokenScope scope) => action switch
    {
        PersonAdded or PersonReturned or DirectoryClientRegistered or TeamDirectoryBound or PasskeyInvited or PersonLinked or OpenIdProviderRegistered or UserIssuerProposed or UserIssuerRegistered => true,
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
