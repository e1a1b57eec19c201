using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Directories;
using Writ.Governance.Enrolments;
using Writ.Governance.Erasures;
using Writ.Governance.Holds;
using Writ.Governance.Kills;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Restorations;
using Writ.Governance.Retention;
using Writ.Governance.Reviews;
using Writ.Governance.Shadows;
using Writ.Governance.Tools;
using Writ.Governance.TrustDomains;
using Writ.Governance.Users;

namespace Writ.Governance.Registry;

/// <summary>
/// One organization at one position of the control log: who and what is known, and which policy holds. Immutable; readers keep the
/// one they started with.
/// </summary>
public sealed record OrganizationState
{
    public required OrganizationId Id { get; init; }

    public required string DisplayName { get; init; }

    public ImmutableDictionary<PersonId, Person> People { get; init; } = ImmutableDictionary<PersonId, Person>.Empty;

    public ImmutableSortedDictionary<string, Team> Teams { get; init; } = ImmutableSortedDictionary<string, Team>.Empty;

    public ImmutableDictionary<string, PersonToken> PersonTokens { get; init; } = ImmutableDictionary<string, PersonToken>.Empty;

    /// <summary>By credential id, the passkeys that prove something.</summary>
    public ImmutableDictionary<string, Passkey> Passkeys { get; init; } = ImmutableDictionary<string, Passkey>.Empty;

    /// <summary>By the public part of the token, the directories that say who is of the organization.</summary>
    public ImmutableDictionary<string, DirectoryClient> DirectoryClients { get; init; } = ImmutableDictionary<string, DirectoryClient>.Empty;

    /// <summary>The groups of directories.</summary>
    public ImmutableSortedDictionary<Guid, DirectoryGroup> DirectoryGroups { get; init; } = ImmutableSortedDictionary<Guid, DirectoryGroup>.Empty;

    /// <summary>By name, the OpenID providers that are believed.</summary>
    public UserIssuers UserIssuers { get; init; } = UserIssuers.None;

    public ImmutableSortedDictionary<string, OpenIdProvider> OpenIdProviders { get; init; } = ImmutableSortedDictionary.Create<string, OpenIdProvider>(StringComparer.Ordinal);

    /// <summary>By provider and digest of the account, who comes in by it.</summary>
    public ImmutableDictionary<(string Provider, string Subject), PersonId> PersonLinks { get; init; } = ImmutableDictionary<(string, string), PersonId>.Empty;

    /// <summary>By the public part of the token, who may enrol a passkey.</summary>
    public ImmutableDictionary<string, PasskeyInvitation> Invitations { get; init; } = ImmutableDictionary<string, PasskeyInvitation>.Empty;

    /// <summary>By the public part of the cookie, the logins that go on.</summary>
    public ImmutableDictionary<string, PersonSession> Sessions { get; init; } = ImmutableDictionary<string, PersonSession>.Empty;

    public ImmutableDictionary<AgentId, Agent> Agents { get; init; } = ImmutableDictionary<AgentId, Agent>.Empty;

    /// <summary>The agents by name, those that are retired included.</summary>
    public ImmutableDictionary<string, AgentId> AgentsByName { get; init; } = ImmutableDictionary.Create<string, AgentId>(StringComparer.Ordinal);

    /// <summary>By the public part of the token, the enrolments of agents that were not used yet.</summary>
    public ImmutableDictionary<string, AgentEnrolment> Enrolments { get; init; } = ImmutableDictionary<string, AgentEnrolment>.Empty;

    /// <summary>The shadow agents that somebody wants to see no more.</summary>
    public ImmutableDictionary<string, DismissedShadow> DismissedShadows { get; init; } = ImmutableDictionary<string, DismissedShadow>.Empty;

    /// <summary>How many days after a notice an agent is suspended whose review is overdue.</summary>
    public int ReviewGraceDays { get; init; } = ReviewSchedule.DefaultGraceDays;

    public ImmutableDictionary<string, AgentKey> AgentKeys { get; init; } = ImmutableDictionary<string, AgentKey>.Empty;

    /// <summary>The roots of delegation chains that Writ minted, by their <c>jti</c>.</summary>
    public ImmutableDictionary<Guid, MintedDelegation> Delegations { get; init; } = ImmutableDictionary<Guid, MintedDelegation>.Empty;

    /// <summary>The links of chains that were withdrawn, with all that descends from them.</summary>
    public ImmutableDictionary<Hash256, DateTimeOffset> RevokedLinks { get; init; } = ImmutableDictionary<Hash256, DateTimeOffset>.Empty;

    /// <summary>What agents prove themselves by, beside API keys.</summary>
    public AgentCredentials AgentCredentials { get; init; } = AgentCredentials.None;

    /// <summary>Whose word is taken for SPIFFE ids.</summary>
    public TrustedDomains TrustDomains { get; init; } = TrustedDomains.None;

    public ImmutableSortedDictionary<string, Server> ServersBySlug { get; init; } = ImmutableSortedDictionary<string, Server>.Empty;

    public ImmutableDictionary<string, EnforcementPoint> EnforcementPoints { get; init; } = ImmutableDictionary<string, EnforcementPoint>.Empty;

    /// <summary>The decision points outside Writ that have to agree, by name.</summary>
    public ImmutableSortedDictionary<string, DecisionPoint> DecisionPoints { get; init; } = ImmutableSortedDictionary.Create<string, DecisionPoint>(StringComparer.Ordinal);

    /// <summary>By name, where records go out to.</summary>
    public ImmutableSortedDictionary<string, FeedRegistered> Feeds { get; init; } = ImmutableSortedDictionary.Create<string, FeedRegistered>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, PublishedBundle> Bundles { get; init; } = ImmutableSortedDictionary<string, PublishedBundle>.Empty;

    /// <summary>By name of a bundle, the versions that were published and are kept to roll back to.</summary>
    public ImmutableSortedDictionary<string, BundleHistory> BundleHistories { get; init; } = ImmutableSortedDictionary<string, BundleHistory>.Empty;

    /// <summary>The keys that bundles are signed with.</summary>
    public PublisherKeys PublisherKeys { get; init; } = PublisherKeys.None;

    /// <summary>By name of a bundle, the version that waits for a second person.</summary>
    public ImmutableSortedDictionary<string, BundleProposal> Proposals { get; init; } = ImmutableSortedDictionary.Create<string, BundleProposal>(StringComparer.Ordinal);

    /// <summary>By name of a bundle, the version that is tried beside the one that holds.</summary>
    public ImmutableSortedDictionary<string, BundleCandidate> Candidates { get; init; } = ImmutableSortedDictionary.Create<string, BundleCandidate>(StringComparer.Ordinal);

    /// <summary>The candidate that decides for a share; null while none does.</summary>
    public BundleCandidate? Canary { get; init; }

    /// <summary>What was killed.</summary>
    public KillOrders Kills { get; init; } = KillOrders.None;

    /// <summary>What was asked to be erased, and what became of it.</summary>
    public ImmutableSortedDictionary<Guid, Erasure> Erasures { get; init; } = ImmutableSortedDictionary<Guid, Erasure>.Empty;

    /// <summary>By name, what nothing may be erased or pruned for.</summary>
    public ImmutableSortedDictionary<string, LegalHold> Holds { get; init; } = ImmutableSortedDictionary.Create<string, LegalHold>(StringComparer.Ordinal);

    /// <summary>How long payloads are kept.</summary>
    public RetentionTerms Retention { get; init; } = RetentionTerms.Default;

    /// <summary>Shorter terms that wait for a second person; null where none do.</summary>
    public (RetentionTerms Terms, PersonId By, DateTimeOffset At)? RetentionProposal { get; init; }

    /// <summary>By class, whose payloads were removed last.</summary>
    public ImmutableSortedDictionary<RetentionClass, PrunedRange> Pruned { get; init; } = ImmutableSortedDictionary<RetentionClass, PrunedRange>.Empty;

    /// <summary>Which records of the decision log may be gone; null where none are.</summary>
    public PrunedRecords? PrunedRecords { get; init; }

    /// <summary>The last time that the installation was restored from a backup; null where it never was.</summary>
    public Restoration? Restoration { get; init; }

    /// <summary>Whether there has ever been a second person with the security capability.</summary>
    public bool SoloEnded { get; init; }

    /// <summary>The policy that holds: every active bundle over the vocabulary of every known tool.</summary>
    public required ActivePolicy Policy { get; init; }

    /// <summary>The server of a slug, if there is one.</summary>
    public Server? Server(ServerSlug slug) => ServersBySlug.GetValueOrDefault(slug.ToString());

    /// <summary>Whether a credential of an agent was neither revoked nor suspended since it was accepted.</summary>
    public bool StillHolds(string credential) =>
        AgentKeys.TryGetValue(credential, out var key) ? !key.Revoked && !key.Suspended : AgentCredentials.Find(credential) is { Revoked: false, Suspended: false };

    /// <summary>The tool a server has under a name, whatever its standing.</summary>
    public Tool? Tool(ServerSlug server, string name) => Server(server)?.Tools.GetValueOrDefault(name);
}
