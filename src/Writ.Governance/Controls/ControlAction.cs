using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Tools;

namespace Writ.Governance.Controls;

/// <summary>
/// Something that changes Writ itself. Each is decided, recorded in the control log and then applied to the registry, which is
/// nothing but the fold of these records. The kinds are a closed set, and their names never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(OrganizationCreated), "organization.created")]
[JsonDerivedType(typeof(PersonAdded), "person.added")]
[JsonDerivedType(typeof(PersonTokenIssued), "person.token.issued")]
[JsonDerivedType(typeof(PersonTokenRevoked), "person.token.revoked")]
[JsonDerivedType(typeof(OpenIdProviderRegistered), "openid-provider.registered")]
[JsonDerivedType(typeof(OpenIdProviderRemoved), "openid-provider.removed")]
[JsonDerivedType(typeof(PersonLinked), "person.linked")]
[JsonDerivedType(typeof(PersonUnlinked), "person.unlinked")]
[JsonDerivedType(typeof(PasskeyInvited), "passkey.invited")]
[JsonDerivedType(typeof(PasskeyRegistered), "passkey.registered")]
[JsonDerivedType(typeof(PasskeyRevoked), "passkey.revoked")]
[JsonDerivedType(typeof(SessionStarted), "session.started")]
[JsonDerivedType(typeof(SessionEnded), "session.ended")]
[JsonDerivedType(typeof(TeamCreated), "team.created")]
[JsonDerivedType(typeof(TeamJoined), "team.joined")]
[JsonDerivedType(typeof(TeamLeft), "team.left")]
[JsonDerivedType(typeof(AgentRegistered), "agent.registered")]
[JsonDerivedType(typeof(AgentLifecycleChanged), "agent.lifecycle.changed")]
[JsonDerivedType(typeof(AgentGrantsChanged), "agent.grants.changed")]
[JsonDerivedType(typeof(AgentCeilingChanged), "agent.ceiling.changed")]
[JsonDerivedType(typeof(AgentVisibilityChanged), "agent.visibility.changed")]
[JsonDerivedType(typeof(AgentConsentOffered), "agent.consent.offered")]
[JsonDerivedType(typeof(AgentConsentAccepted), "agent.consent.accepted")]
[JsonDerivedType(typeof(AgentConsentWithdrawn), "agent.consent.withdrawn")]
[JsonDerivedType(typeof(AgentTransferProposed), "agent.transfer.proposed")]
[JsonDerivedType(typeof(AgentTransferAccepted), "agent.transfer.accepted")]
[JsonDerivedType(typeof(AgentTransferEnded), "agent.transfer.ended")]
[JsonDerivedType(typeof(AgentBackupOwnerChanged), "agent.backup-owner.changed")]
[JsonDerivedType(typeof(AgentOwnerPromoted), "agent.owner.promoted")]
[JsonDerivedType(typeof(AgentVersionRegistered), "agent.version.registered")]
[JsonDerivedType(typeof(AgentVersionDeployed), "agent.version.deployed")]
[JsonDerivedType(typeof(DelegationMinted), "delegation.minted")]
[JsonDerivedType(typeof(DelegationRevoked), "delegation.revoked")]
[JsonDerivedType(typeof(AgentKeyIssued), "agent.key.issued")]
[JsonDerivedType(typeof(AgentKeyRevoked), "agent.key.revoked")]
[JsonDerivedType(typeof(AgentCredentialRegistered), "agent.credential.registered")]
[JsonDerivedType(typeof(AgentCredentialRevoked), "agent.credential.revoked")]
[JsonDerivedType(typeof(TrustAuthorityAdded), "trust-authority.added")]
[JsonDerivedType(typeof(TrustAuthorityRetired), "trust-authority.retired")]
[JsonDerivedType(typeof(TrustDomainProposed), "trust-domain.proposed")]
[JsonDerivedType(typeof(TrustDomainImported), "trust-domain.imported")]
[JsonDerivedType(typeof(TrustDomainRemoved), "trust-domain.removed")]
[JsonDerivedType(typeof(ServerRegistered), "server.registered")]
[JsonDerivedType(typeof(ToolAdmitted), "tool.admitted")]
[JsonDerivedType(typeof(ToolQuarantined), "tool.quarantined")]
[JsonDerivedType(typeof(BundlePart), "bundle.part")]
[JsonDerivedType(typeof(BundlePublished), "bundle.published")]
[JsonDerivedType(typeof(BundleRolledBack), "bundle.rolled-back")]
[JsonDerivedType(typeof(BundleProposed), "bundle.proposed")]
[JsonDerivedType(typeof(BundleConfirmed), "bundle.confirmed")]
[JsonDerivedType(typeof(BundleDeclined), "bundle.declined")]
[JsonDerivedType(typeof(BundleAcknowledged), "bundle.acknowledged")]
[JsonDerivedType(typeof(PublisherKeyRegistered), "publisher-key.registered")]
[JsonDerivedType(typeof(PublisherKeyRevoked), "publisher-key.revoked")]
[JsonDerivedType(typeof(SignaturesRequired), "signatures.required")]
[JsonDerivedType(typeof(BundleStaged), "bundle.staged")]
[JsonDerivedType(typeof(BundleCanaryStarted), "bundle.canary.started")]
[JsonDerivedType(typeof(BundleWithdrawn), "bundle.withdrawn")]
[JsonDerivedType(typeof(SigningKeyRotated), "signing-key.rotated")]
[JsonDerivedType(typeof(InstallationRestored), "installation.restored")]
[JsonDerivedType(typeof(RestorationConfirmed), "restoration.confirmed")]
[JsonDerivedType(typeof(AgentKeyReconfirmed), "agent.key.reconfirmed")]
[JsonDerivedType(typeof(EnforcementPointRegistered), "enforcement-point.registered")]
[JsonDerivedType(typeof(EnforcementPointEntitiesStated), "enforcement-point.entities.stated")]
[JsonDerivedType(typeof(DecisionPointRegistered), "decision-point.registered")]
[JsonDerivedType(typeof(DecisionPointRemoved), "decision-point.removed")]
[JsonDerivedType(typeof(FeedRegistered), "feed.registered")]
[JsonDerivedType(typeof(FeedRemoved), "feed.removed")]
[JsonDerivedType(typeof(ErasureRequested), "erasure.requested")]
[JsonDerivedType(typeof(ErasureConfirmed), "erasure.confirmed")]
[JsonDerivedType(typeof(ErasureDeclined), "erasure.declined")]
[JsonDerivedType(typeof(ErasureExecuted), "erasure.executed")]
[JsonDerivedType(typeof(KillOrdered), "kill.ordered")]
[JsonDerivedType(typeof(KillTolled), "kill.tolled")]
[JsonDerivedType(typeof(KillLiftProposed), "kill.lift.proposed")]
[JsonDerivedType(typeof(KillLifted), "kill.lifted")]
[JsonDerivedType(typeof(HoldPlaced), "hold.placed")]
[JsonDerivedType(typeof(HoldLiftProposed), "hold.lift.proposed")]
[JsonDerivedType(typeof(HoldLifted), "hold.lifted")]
[JsonDerivedType(typeof(RetentionProposed), "retention.proposed")]
[JsonDerivedType(typeof(RetentionChanged), "retention.changed")]
[JsonDerivedType(typeof(PayloadsPruned), "payloads.pruned")]
[JsonDerivedType(typeof(RecordsPruned), "records.pruned")]
public abstract record ControlAction
{
    private protected ControlAction()
    {
    }
}
