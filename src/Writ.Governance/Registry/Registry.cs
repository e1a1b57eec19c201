using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Enrolments;
using Writ.Governance.Erasures;
using Writ.Governance.Holds;
using Writ.Governance.Kills;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Policies;
using Writ.Governance.Records;
using Writ.Governance.Restorations;
using Writ.Governance.Retention;
using Writ.Governance.Reviews;
using Writ.Governance.Shadows;
using Writ.Governance.Tools;
using Writ.Governance.TrustDomains;
using Writ.Governance.Users;

namespace Writ.Governance.Registry;

/// <summary>
/// Everything that control records say, of all organizations: a fold that can be thrown away and rebuilt. Immutable; it knows nothing
/// of files, clocks or networks.
/// </summary>
public sealed record Registry
{
    public static Registry Empty { get; } = new();

    public ImmutableDictionary<OrganizationId, OrganizationState> Organizations { get; init; } =
        ImmutableDictionary<OrganizationId, OrganizationState>.Empty;

    /// <summary>To which organization a credential belongs, by its key id: the only look-up that crosses organizations.</summary>
    public ImmutableDictionary<string, OrganizationId> Credentials { get; init; } = ImmutableDictionary<string, OrganizationId>.Empty;

    /// <summary>Who is meant by a handle that an authenticator keeps: like a credential, it leads to the organization.</summary>
    public ImmutableDictionary<string, (OrganizationId Organization, PersonId Person)> PasskeyHandles { get; init; } =
        ImmutableDictionary<string, (OrganizationId, PersonId)>.Empty;

    /// <summary>The parts of the bundle that each organization is about to publish.</summary>
    private ImmutableDictionary<OrganizationId, ImmutableArray<BundlePart>> PendingBundles { get; init; } =
        ImmutableDictionary<OrganizationId, ImmutableArray<BundlePart>>.Empty;

    /// <summary>The state after one more record.</summary>
    /// <exception cref="InvalidDataException">The record contradicts what came before it. Records are checked before they are
    /// written, so the log was not written by Writ; a start that meets one refuses.</exception>
    public Registry Apply(ControlRecord record)
    {
        if (record.V != ControlRecord.Format)
            throw new InvalidDataException($"control record {record.Id} has format {record.V}; this binary reads {ControlRecord.Format}");
        if (record.Action is OrganizationCreated created)
        {
            return Organizations.ContainsKey(record.Organization)
                ? throw new InvalidDataException($"organization {record.Organization} was created before")
                : With(Create(record.Organization, created));
        }

        if (!Organizations.TryGetValue(record.Organization, out var organization))
            throw new InvalidDataException($"control record {record.Id} names an organization that was never created");
        organization = organization.Counted(record.By.Proof?.Passkey, record.By.Proof?.SignCount);

        return record.Action switch
        {
            PersonAdded a => With(organization.Add(a).Empowered(a.Person, record)),
            PersonLeft a => Leave(organization, a, record),
            PersonReturned a => With(organization.Return(a).Empowered(a.Person, record)),
            DirectoryClientRegistered a => With(organization.Register(a, record), a.KeyId),
            DirectoryClientRevoked a => With(organization.Revoke(a)) with { Credentials = Credentials.Remove(a.KeyId) },
            DirectoryUserDescribed a => With(organization.Describe(a, record)),
            DirectoryUserForgotten a => With(organization.Forget(a)),
            DirectoryGroupDescribed a => With(organization.Describe(a, record)),
            DirectoryGroupChanged a => With(organization.Change(a, record)),
            DirectoryGroupRemoved a => With(organization.Remove(a)),
            TeamDirectoryProposed a => With(organization.Propose(a, record)),
            TeamDirectoryBound a => With(organization.Bind(a, record)),
            TeamDirectoryReleased a => With(organization.Release(a)),
            PersonCapabilitiesGiven a => With(organization.Give(a, record).Empowered(a.Person, record)),
            PersonCapabilitiesTaken a => With(organization.Take(a, record)),
            PersonToolsChanged a => With(organization.Change(a)),
            PersonTokenIssued a => With(organization.Issue(a, record).Empowered(a.Person, record), a.KeyId),
            PersonTokenRevoked a => With(organization.Revoke(a)) with { Credentials = Credentials.Remove(a.KeyId) },
            OpenIdProviderRegistered a => With(organization.Register(a)),
            OpenIdProviderRemoved a => With(organization.Remove(a)),
            PersonLinked a => With(organization.Link(a).Empowered(a.Person, record)),
            PersonUnlinked a => With(organization.Unlink(a)),
            PasskeyInvited a => With(organization.Invite(a, record).Empowered(a.Person, record), a.KeyId),
            PasskeyInvitationRevoked a => With(organization.Revoke(a)) with { Credentials = Credentials.Remove(a.KeyId) },
            PasskeyRegistered a => Register(organization.Register(a, record), a),
            PasskeyRevoked a => With(organization.Revoke(a)),
            SessionStarted a => Start(organization, a, record),
            SessionEnded a => With(organization.End(a)) with { Credentials = Credentials.Remove(a.KeyId) },
            TeamCreated a => With(organization.Create(a)),
            TeamJoined a => With(organization.Join(a)),
            TeamLeft a => With(organization.Leave(a)),
            AgentRegistered a => With(organization.Register(a.Agent.Grant(a.Agent.Grants, record).ActiveFrom(Timestamp.FromMicroseconds(record.At)))),
            AgentDrafted { Key: { } key } a => With(organization.Draft(a, record), key.Id),
            AgentDrafted a => With(organization.Draft(a, record)),
            AgentEnrolmentOffered a => With(organization.Offer(a, record), a.KeyId),
            AgentEnrolmentWithdrawn a => With(organization.Withdraw(a)),
            AgentsImported a => With(organization.Import(a, record)),
            AgentReviewed a => With(organization.Review(a, record)),
            AgentReviewOverdue a => With(organization.Notice(a, record)),
            ReviewGraceChanged a => With(organization.Change(a)),
            ShadowAgentDismissed a => With(organization.Dismiss(a, record)),
            AgentLifecycleChanged a => With(organization.Move(a, record)),
            AgentGrantsChanged a => With(organization.Change(a.Agent, agent => agent.Lives().Grant(a.Grants, record))),
            AgentGrantsStaged a => With(organization.Change(a.Agent, agent => agent.Lives().Stage(a, record))),
            AgentGrantRestored a => With(organization.Change(a.Agent, agent => agent.Lives().Restore(a))),
            AgentGrantsEnded a => With(organization.Change(a.Agent, agent => agent.Lives().End(a))),
            AgentVisibilityChanged a => With(organization.Change(a)),
            AgentConsentOffered a => With(organization.Offer(a, record)),
            AgentCardDescribed a => With(organization.Describe(a)),
            AgentConsentAccepted a => With(organization.Accept(a, record)),
            AgentConsentWithdrawn a => With(organization.Withdraw(a)),
            AgentCeilingChanged a => With(organization.Change(a)),
            AgentTransferProposed a => With(organization.Propose(a, record)),
            AgentTransferAccepted a => With(organization.Accept(a, record)),
            AgentTransferEnded a => With(organization.End(a)),
            AgentBackupOwnerChanged a => With(organization.Change(a)),
            AgentOwnerPromoted a => With(organization.Promote(a)),
            AgentVersionRegistered a => With(organization.Change(a.Agent, agent => agent.Register(a.Version))),
            AgentVersionDeployed a => With(organization.Change(a.Agent, agent => agent.Deploy(a.Version))),
            AgentKeyIssued a => With(organization.Issue(a, record), a.KeyId),
            DelegationMinted a => With(organization.Mint(a, record)),
            DelegationRevoked a => With(organization.Revoke(a, record)),
            AgentKeyRevoked a => With(organization.Revoke(a)),
            AgentKeySeenApart a => organization.AgentKeys.ContainsKey(a.KeyId) ? this : throw new InvalidDataException($"there is no key {a.KeyId}"),
            AgentCredentialRegistered { Credential: CredentialKind.SpiffeId } a => With(organization.Register(a, record), a.Id).Naming(a.Public, organization.Id),
            AgentCredentialRegistered a when a.Credential.IsDid() => With(organization.Register(a, record), a.Id).Naming(CredentialRules.NamesOf(a), organization.Id),
            AgentCredentialRegistered a => With(organization.Register(a, record), a.Id),
            AgentCredentialRevoked a => With(organization.Revoke(a)),
            TrustAuthorityAdded a => With(organization.Add(a, record)),
            TrustAuthorityRetired a => With(organization.Retire(a)),
            TrustDomainProposed a => With(organization.Propose(a, record)),
            TrustDomainImported a => With(organization.Import(a, record)),
            TrustDomainRemoved a => With(organization.Remove(a)),
            UserIssuerProposed a => With(organization.Propose(a, record)),
            UserIssuerRegistered a => With(organization.Register(a, record)),
            UserIssuerRemoved a => With(organization.Remove(a)),
            ServerRegistered a => With(organization.Register(a.Server)),
            ToolAdmitted a => With(organization.Admit(a)),
            ToolQuarantined a => With(organization.Quarantine(a)),
            BundlePart a => this with { PendingBundles = PendingBundles.SetItem(organization.Id, Collect(organization.Id, a)) },
            BundlePublished a => Publish(organization, a),
            BundleRolledBack a => With(organization.RollBack(a)),
            BundleProposed a => WithoutParts(organization.Propose(Assemble(organization, a.Name, a.Version, a.Digest, a.Signature), a, record)),
            BundleConfirmed a => With(organization.Confirm(a, record)),
            BundleDeclined a => With(organization.Decline(a)),
            PublisherKeyRegistered a => With(organization with { PublisherKeys = organization.PublisherKeys.Register(a.KeyId, a.PublicKey, a.Label) }),
            PublisherKeyRevoked a => With(organization with { PublisherKeys = organization.PublisherKeys.Revoke(a.KeyId) }),
            SigningKeyRotated => this,
            InstallationRestored a => With(organization.Restore(a, record)),
            RestorationConfirmed a => With(organization.Confirm(a, record)),
            AgentKeyReconfirmed a => With(organization.Reconfirm(a)),
            SignaturesRequired => With(organization with { PublisherKeys = organization.PublisherKeys with { Required = true } }),
            BundleAcknowledged a => With(organization.Acknowledge(a, record.By.Person)),
            BundleStaged a => WithoutParts(organization.Stage(Assemble(organization, a.Name, a.Version, a.Digest, a.Signature), a.Signature, Timestamp.FromMicroseconds(record.At))),
            BundleCanaryStarted a => With(organization.StartCanary(a, Timestamp.FromMicroseconds(record.At))),
            BundleWithdrawn a => With(organization.Withdraw(a)),
            DecisionPointRegistered a => With(organization.Register(a)),
            DecisionPointRemoved a => With(organization.Remove(a)),
            FeedRegistered a => With(organization.Register(a)),
            FeedRemoved a => With(organization.Remove(a)),
            ErasureRequested a => With(organization.Request(a, record)),
            ErasureConfirmed a => With(organization.Confirm(a, record)),
            ErasureDeclined a => With(organization.Decline(a)),
            ErasureExecuted a => With(organization.Execute(a, record)),
            KillOrdered a => With(organization.Order(a, record)),
            KillTolled a => With(organization.Toll(a)),
            KillLiftProposed a => With(organization.ProposeLift(a, record)),
            KillLifted a => With(organization.Lift(a, record)),
            HoldPlaced a => With(organization.Place(a, record)),
            HoldLiftProposed a => With(organization.ProposeLift(a, record)),
            HoldLifted a => With(organization.Lift(a, record)),
            RetentionProposed a => With(organization.Propose(a, record)),
            RetentionChanged a => With(organization.Change(a, record)),
            PayloadsPruned a => With(organization.Prune(a)),
            RecordsPruned a => With(organization.Prune(a, record)),
            EnforcementPointRegistered a => With(organization.Register(a), a.KeyId),
            EnforcementPointEntitiesStated a => With(organization.State(a)),
            _ => throw new InvalidDataException($"control record {record.Id} is of a kind this binary does not fold"),
        };
    }

    /// <summary>The same as <see cref="Apply"/>; false, with the contradiction, where that throws.</summary>
    internal bool TryApply(ControlRecord record, out Registry next, out string contradiction)
    {
        try
        {
            (next, contradiction) = (Apply(record), "");
            return true;
        }
        catch (InvalidDataException problem)
        {
            (next, contradiction) = (this, problem.Message);
            return false;
        }
    }

    private static OrganizationState Create(OrganizationId id, OrganizationCreated created)
    {
        var bundles = ImmutableSortedDictionary<string, PublishedBundle>.Empty;
        var servers = ImmutableSortedDictionary<string, Server>.Empty;
        return new OrganizationState { Id = id, DisplayName = created.DisplayName, Policy = new ActivePolicy(id, bundles, servers) };
    }

    private Registry With(OrganizationState organization) =>
        this with { Organizations = Organizations.SetItem(organization.Id, organization) };

    private Registry With(OrganizationState organization, string credential) =>
        Credentials.ContainsKey(credential)
            ? throw new InvalidDataException($"credential {credential} was issued before")
            : With(organization) with { Credentials = Credentials.Add(credential, organization.Id) };

    /// <summary>Sessions come and go, so that the credentials of those that are over are forgotten with them.</summary>
    private Registry Start(OrganizationState before, SessionStarted started, ControlRecord record)
    {
        var after = With(before.Start(started, record), started.KeyId);
        return after with { Credentials = after.Credentials.RemoveRange(before.Sessions.Keys.Where(id => !after.Organizations[before.Id].Sessions.ContainsKey(id))) };
    }

    /// <summary>The credentials of who left are forgotten with them.</summary>
    private Registry Leave(OrganizationState before, PersonLeft left, ControlRecord record) => With(before.Leave(left, record)) with
    {
        Credentials = Credentials.RemoveRange(
        [
            .. before.PersonTokens.Values.Where(t => t.Person == left.Person).Select(t => t.KeyId),
            .. before.Sessions.Values.Where(s => s.Person == left.Person).Select(s => s.KeyId),
            .. before.Invitations.Values.Where(i => i.Person == left.Person).Select(i => i.KeyId),
        ]),
    };

    private Registry Register(OrganizationState organization, PasskeyRegistered registered) =>
        PasskeyHandles.TryGetValue(registered.Handle, out var known) && known != (organization.Id, registered.Person)
            ? throw new InvalidDataException("authenticators know another person by that handle")
            : With(organization) with { PasskeyHandles = PasskeyHandles.SetItem(registered.Handle, (organization.Id, registered.Person)) };

    /// <summary>An id of another trust domain is a credential of one organization and of no other.</summary>
    private Registry Naming(string id, OrganizationId organization) =>
        Credentials.ContainsKey(id)
            ? throw new InvalidDataException("that id is a credential already")
            : this with { Credentials = Credentials.Add(id, organization) };

    /// <summary>A DID and its keys are of one organization and of no other, there of one credential after the other.</summary>
    private Registry Naming(IEnumerable<string> names, OrganizationId organization) =>
        names.Any(name => Credentials.TryGetValue(name, out var other) && other != organization)
            ? throw new InvalidDataException("that DID, or a key of it, is a credential already")
            : this with { Credentials = Credentials.SetItems(names.Select(name => KeyValuePair.Create(name, organization))) };

    /// <summary>The parts come one after the other. The first part begins anew, so that what was never published is not kept.</summary>
    private ImmutableArray<BundlePart> Collect(OrganizationId organization, BundlePart part)
    {
        var before = part.Part == 0 ? [] : PendingBundles.GetValueOrDefault(organization, []);
        return part.Part == before.Length && part.Part < part.Parts && before.All(p => p.Digest == part.Digest && p.Parts == part.Parts)
            ? before.Add(part)
            : throw new InvalidDataException($"part {part.Part} of bundle {part.Digest} does not follow what came before it");
    }

    private Registry Publish(OrganizationState organization, BundlePublished published) =>
        published.Ground == PublicationGround.Solo && organization.SoloEnded
            ? throw new InvalidDataException($"bundle {published.Name} {published.Digest} was published by one person alone after there were two")
            : WithoutParts(organization.Publish(Assemble(organization, published.Name, published.Version, published.Digest, published.Signature)));

    /// <summary>The bundle whose parts came last.</summary>
    private PublishedBundle Assemble(OrganizationState organization, string name, string version, string digest, BundleSignature? signature)
    {
        var parts = PendingBundles.GetValueOrDefault(organization.Id, []);
        if (parts.Length == 0 || parts.Length != parts[0].Parts || parts[0].Digest != digest)
            throw new InvalidDataException($"bundle {name} {digest} was published without all of its parts");
        var archive = BundleArchive.Parse(parts);
        return archive.Digest.ToHex() == digest && archive.Manifest.Name == name && archive.Manifest.Version == version
            ? organization.PublisherKeys.Obstacle(digest, signature) is { } obstacle
                ? throw new InvalidDataException($"the signature of bundle {name} {digest} {obstacle}")
                : new PublishedBundle(name, version, digest, archive) { SignedBy = signature?.Key }
            : throw new InvalidDataException($"bundle {name} {digest} is not what its digest, name and version say");
    }

    private Registry WithoutParts(OrganizationState organization) =>
        With(organization) with { PendingBundles = PendingBundles.Remove(organization.Id) };
}
