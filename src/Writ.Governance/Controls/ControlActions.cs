using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>What Writ's own floor says about control actions.</summary>
public static class ControlActions
{
    /// <summary>The longest reason or cause that is recorded, in characters.</summary>
    public const int MaxReasonLength = 1_000;

    /// <summary>Whether the action only ever takes rights away. Such an action is in force before it is recorded.</summary>
    public static bool IsRestriction(this ControlAction action) => action switch
    {
        AgentLifecycleChanged { To: AgentLifecycle.Suspended or AgentLifecycle.Retired } => true,
        AgentGrantsEnded => true,
        AgentKeyRevoked => true,
        AgentEnrolmentWithdrawn => true,
        AgentConsentWithdrawn => true,
        DelegationRevoked => true,
        AgentCredentialRevoked => true,
        TrustAuthorityRetired => true,
        TrustDomainRemoved => true,
        UserIssuerRemoved => true,
        ToolQuarantined => true,
        TeamLeft => true,
        OpenIdProviderRemoved => true,
        PersonUnlinked => true,
        PersonLeft => true,
        PersonCapabilitiesTaken => true,
        DirectoryClientRevoked => true,
        TeamDirectoryReleased => true,
        PersonTokenRevoked => true,
        PasskeyRevoked => true,
        PasskeyInvitationRevoked => true,
        SessionEnded => true,
        PublisherKeyRevoked => true,
        SignaturesRequired => true,
        DecisionPointRegistered => true,
        KillOrdered => true,
        FeedRemoved => true,
        HoldPlaced => true,
        ErasureDeclined => true,
        _ => false,
    };

    /// <summary>The names under which the control bundle decides the action of a person: each has to be permitted.</summary>
    public static IEnumerable<string> PolicyNames(this ControlAction action, PersonId by)
    {
        yield return action.IsOwn(by) ? "control/login.own" : action.PolicyName();
        if (action is AgentRegistered { Agent.Grants.IsDefaultOrEmpty: false })
            yield return "control/agent.grant";
        if (action is AgentRegistered { Agent.Lifecycle: not AgentLifecycle.Draft })
            yield return "control/agent.activate";
    }

    /// <summary>The action with its reason cut to what fits a record: a restriction never fails for its words.</summary>
    public static ControlAction Bounded(this ControlAction action) => action switch
    {
        AgentLifecycleChanged a => a with { Reason = Cut(a.Reason) },
        AgentGrantsStaged a => a with { Reason = Cut(a.Reason) },
        AgentGrantRestored a => a with { Reason = Cut(a.Reason) },
        AgentCeilingChanged a => a with { Reason = Cut(a.Reason) },
        AgentVisibilityChanged a => a with { Reason = Cut(a.Reason) },
        AgentConsentOffered a => a with { Reason = Cut(a.Reason) },
        AgentConsentWithdrawn a => a with { Reason = Cut(a.Reason) },
        AgentEnrolmentOffered a => a with { Reason = Cut(a.Reason) },
        AgentEnrolmentWithdrawn a => a with { Reason = Cut(a.Reason) },
        ReviewGraceChanged a => a with { Reason = Cut(a.Reason) },
        ShadowAgentDismissed a => a with { Reason = Cut(a.Reason) },
        AgentTransferProposed a => a with { Reason = Cut(a.Reason) },
        AgentTransferEnded a => a with { Reason = Cut(a.Reason) },
        AgentBackupOwnerChanged a => a with { Reason = Cut(a.Reason) },
        AgentOwnerPromoted a => a with { Reason = Cut(a.Reason) },
        AgentVersionDeployed a => a with { Reason = Cut(a.Reason) },
        DelegationRevoked a => a with { Reason = Cut(a.Reason) },
        AgentKeyRevoked a => a with { Reason = Cut(a.Reason) },
        OpenIdProviderRemoved a => a with { Reason = Cut(a.Reason) },
        DirectoryClientRevoked a => a with { Reason = Cut(a.Reason) },
        TeamDirectoryReleased a => a with { Reason = Cut(a.Reason) },
        PersonCapabilitiesGiven a => a with { Reason = Cut(a.Reason) },
        PersonCapabilitiesTaken a => a with { Reason = Cut(a.Reason) },
        PersonLeft a => a with { Reason = Cut(a.Reason) },
        PersonReturned a => a with { Reason = Cut(a.Reason) },
        PersonUnlinked a => a with { Reason = Cut(a.Reason) },
        PersonTokenRevoked a => a with { Reason = Cut(a.Reason) },
        PasskeyInvitationRevoked a => a with { Reason = Cut(a.Reason) },
        PasskeyRevoked a => a with { Reason = Cut(a.Reason) },
        SessionEnded a => a with { Reason = Cut(a.Reason) },
        AgentCredentialRevoked a => a with { Reason = Cut(a.Reason) },
        TrustAuthorityRetired a => a with { Reason = Cut(a.Reason) },
        TrustDomainRemoved a => a with { Reason = Cut(a.Reason) },
        UserIssuerRemoved a => a with { Reason = Cut(a.Reason) },
        ToolQuarantined a => a with { Cause = Cut(a.Cause) },
        BundleRolledBack a => a with { Reason = Cut(a.Reason) },
        BundleDeclined a => a with { Reason = Cut(a.Reason) },
        PublisherKeyRevoked a => a with { Reason = Cut(a.Reason) },
        SignaturesRequired a => a with { Reason = Cut(a.Reason) },
        BundleWithdrawn a => a with { Reason = Cut(a.Reason) },
        DecisionPointRemoved a => a with { Reason = Cut(a.Reason) },
        KillOrdered a => a with { Reason = Cut(a.Reason) },
        FeedRemoved a => a with { Reason = Cut(a.Reason) },
        HoldPlaced a => a with { Reason = Cut(a.Reason) },
        ErasureDeclined a => a with { Reason = Cut(a.Reason) },
        _ => action,
    };

    private static string Cut(string text) => text.Length <= MaxReasonLength ? text : text[..MaxReasonLength];

    /// <summary>Whether the action is about the own ways in of whoever takes it.</summary>
    private static bool IsOwn(this ControlAction action, PersonId by) => action switch
    {
        PersonTokenIssued a => a.Person == by,
        PersonTokenRevoked a => a.Person == by,
        PersonUnlinked a => a.Person == by,
        PasskeyInvited a => a.Person == by,
        PasskeyRegistered a => a.Person == by,
        PasskeyRevoked a => a.Person == by,
        PasskeyInvitationRevoked a => a.Person == by,
        SessionStarted a => a.Person == by,
        SessionEnded a => a.Person == by,
        _ => false,
    };

    private static string PolicyName(this ControlAction action) => action switch
    {
        OrganizationCreated => "control/organization.create",
        PersonAdded or PersonReturned or PersonTokenIssued or PasskeyInvited or PersonLinked => "control/person.add",
        PersonLeft => "control/person.leave",
        PersonToolsChanged => "control/person.tools",
        PersonCapabilitiesGiven => "control/person.empower",
        PersonCapabilitiesTaken => "control/person.restrict",
        DirectoryClientRegistered or DirectoryUserDescribed or TeamDirectoryProposed or TeamDirectoryBound => "control/directory.register",
        DirectoryClientRevoked or DirectoryUserForgotten or TeamDirectoryReleased => "control/directory.revoke",
        DirectoryGroupDescribed or DirectoryGroupChanged or DirectoryGroupRemoved => "control/directory.group",
        PasskeyRegistered or SessionStarted => "control/login.start",
        PersonUnlinked or PersonTokenRevoked or PasskeyRevoked or PasskeyInvitationRevoked or SessionEnded => "control/login.revoke",
        OpenIdProviderRegistered => "control/openid-provider.register",
        OpenIdProviderRemoved => "control/openid-provider.remove",
        TeamCreated => "control/team.create",
        TeamJoined => "control/team.join",
        TeamLeft => "control/team.leave",
        AgentDrafted { Source: AgentSource.Clone } => "control/agent.clone",
        AgentCardDescribed => "control/agent.card.describe",
        AgentReviewed or AgentReviewOverdue => "control/agent.review",
        ReviewGraceChanged => "control/review-grace.change",
        AgentRegistered or AgentDrafted or AgentsImported or AgentEnrolmentOffered => "control/agent.register",
        AgentLifecycleChanged { To: AgentLifecycle.Suspended or AgentLifecycle.Retired } => "control/agent.suspend",
        AgentLifecycleChanged => "control/agent.activate",
        AgentGrantsChanged or AgentGrantsStaged or AgentGrantRestored or AgentGrantsEnded or AgentCeilingChanged => "control/agent.grant",
        AgentTransferProposed or AgentTransferAccepted or AgentTransferEnded or AgentBackupOwnerChanged or AgentOwnerPromoted => "control/agent.transfer",
        AgentVisibilityChanged => "control/agent.visibility.change",
        AgentConsentOffered or AgentConsentAccepted or AgentConsentWithdrawn => "control/agent.consent",
        AgentKeyIssued or AgentKeyReconfirmed => "control/agent.key.issue",
        InstallationRestored => "control/installation.restore",
        RestorationConfirmed => "control/restoration.confirm",
        AgentVersionRegistered => "control/agent.version.register",
        AgentVersionDeployed => "control/agent.version.deploy",
        ShadowAgentDismissed => "control/shadow-agent.dismiss",
        AgentKeyRevoked or AgentEnrolmentWithdrawn => "control/agent.key.revoke",
        AgentKeySeenApart => "control/agent.key.note",
        DelegationMinted => "control/delegation.mint",
        DelegationRevoked => "control/delegation.revoke",
        AgentCredentialRegistered { Predecessor: not null, Proof: null } => "control/agent.credential.replace",
        AgentCredentialRegistered => "control/agent.credential.register",
        AgentCredentialRevoked => "control/agent.credential.revoke",
        TrustAuthorityAdded => "control/trust-authority.add",
        TrustAuthorityRetired => "control/trust-authority.retire",
        TrustDomainProposed or TrustDomainImported => "control/trust-domain.import",
        TrustDomainRemoved => "control/trust-domain.remove",
        UserIssuerProposed or UserIssuerRegistered => "control/user-issuer.register",
        UserIssuerRemoved => "control/user-issuer.remove",
        ServerRegistered => "control/server.register",
        ToolAdmitted => "control/tool.admit",
        ToolQuarantined => "control/tool.quarantine",
        BundlePart or BundlePublished or BundleProposed => "control/bundle.publish",
        BundleConfirmed => "control/bundle.confirm",
        BundleDeclined => "control/bundle.decline",
        BundleAcknowledged => "control/bundle.acknowledge",
        PublisherKeyRegistered => "control/publisher-key.register",
        PublisherKeyRevoked => "control/publisher-key.revoke",
        SignaturesRequired => "control/signatures.require",
        BundleRolledBack => "control/bundle.rollback",
        BundleStaged => "control/bundle.stage",
        BundleCanaryStarted => "control/bundle.publish",
        BundleWithdrawn => "control/bundle.withdraw",
        SigningKeyRotated => "control/signing-key.rotate",
        EnforcementPointRegistered or EnforcementPointEntitiesStated => "control/enforcement-point.register",
        DecisionPointRegistered => "control/decision-point.register",
        DecisionPointRemoved => "control/decision-point.remove",
        FeedRegistered => "control/feed.register",
        FeedRemoved => "control/feed.remove",
        ErasureRequested => "control/erasure.request",
        ErasureConfirmed => "control/erasure.confirm",
        ErasureDeclined => "control/erasure.decline",
        ErasureExecuted => "control/erasure.execute",
        KillOrdered => "control/kill.order",
        KillTolled => "control/kill.toll",
        KillLiftProposed or KillLifted => "control/kill.lift",
        HoldPlaced => "control/hold.place",
        HoldLiftProposed or HoldLifted => "control/hold.lift",
        RetentionProposed or RetentionChanged => "control/retention.change",
        PayloadsPruned => "control/payloads.prune",
        RecordsPruned => "control/records.prune",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    /// <summary>Whether one person stands for two: a second person with the security capability ends it for good.</summary>
    public static bool IsSolo(this Registry.OrganizationState organization) => !organization.SoloEnded;
}
