using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;
using Writ.Governance.Retention;

namespace Writ.Governance.Controls;

/// <summary>
/// Which control actions loosen something at once, so that whoever takes them has to be there: by a passkey that signed for exactly this.
/// What only proposes, restricts or is proved to be no looser is none of them.
/// </summary>
public static class PresenceRule
{
    /// <summary>
    /// Whether a person has to be there, and is not. A person who never had a passkey is taken at their token's word; a session proves it of
    /// nobody: it may rest on the word of a provider.
    /// </summary>
    public static bool IsUnmet(OrganizationState state, PersonId person, PersonPresence presence, IEnumerable<ControlAction> actions) =>
        IsUnmet(state, person, presence) && actions.Any(action => Loosens(state, action));

    /// <summary>Whether a person could be asked for a passkey, and none has signed for this request.</summary>
    public static bool IsUnmet(OrganizationState state, PersonId person, PersonPresence presence) => presence.Kind switch
    {
        Presence.Passkey or Presence.EnrolmentToken => false,
        Presence.Session or Presence.OpenId or Presence.Directory => true,
        _ => state.People.GetValueOrDefault(person)?.ProvesPresence == true,
    };

    private static bool Loosens(OrganizationState state, ControlAction action) => action switch
    {
        BundlePublished { Ground: not PublicationGround.NotLooser } => true,
        BundleCanaryStarted { Ground: not PublicationGround.NotLooser } => true,
        BundleConfirmed => true,
        PersonAdded or PersonReturned or PersonCapabilitiesGiven or DirectoryClientRegistered or DirectoryUserDescribed or TeamDirectoryBound or PersonTokenIssued or PasskeyInvited or PersonLinked or OpenIdProviderRegistered or TeamJoined => true,
        PersonToolsChanged change => state.People.GetValueOrDefault(change.Person)?.Tools is { } before
            && (change.Tools is not { } after || after.Any(tool => !before.Any(held => held.Covers(tool.Server, tool.Tool)))),
        KillLifted or HoldLifted => true,
        ErasureConfirmed => true,
        RetentionChanged change => new RetentionTerms(change.DecisionDays, change.FinancialDays, change.TraceDays).IsShorterThan(state.Retention),
        ReviewGraceChanged change => change.Days > state.ReviewGraceDays,
        RestorationConfirmed or AgentKeyReconfirmed => true,
        DecisionPointRemoved => true,
        PublisherKeyRegistered => true,
        TrustDomainImported or UserIssuerRegistered => true,
        AgentCredentialRegistered { Predecessor: not null, Proof: null } => true,
        _ => false,
    };
}
