using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Writ.Governance.Cards;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Reviews;

namespace Writ.Governance.Agents;

/// <summary>
/// A principal of its own: never "the user". What is here was stated by people at registration, so all of it is attested.
/// Immutable; a change makes a new one.
/// </summary>
public sealed record Agent
{
    /// <summary>What <see cref="Model"/> is where nobody said.</summary>
    public const string UnstatedModel = "unstated";

    public required AgentId Id { get; init; }

    public required OrganizationId Organization { get; init; }

    public required string Name { get; init; }

    public required TeamId Team { get; init; }

    /// <summary>Who answers for the agent.</summary>
    public required PersonId Owner { get; init; }

    /// <summary>Who answers when the owner cannot; must be someone else where given.</summary>
    public PersonId? BackupOwner { get; init; }

    /// <summary>The version that is deployed, which every record names: opaque text, at most 64 characters.</summary>
    public required string Version { get; init; }

    /// <summary>The dated model the version runs on, or <c>unstated</c>.</summary>
    public string Model { get; init; } = UnstatedModel;

    /// <summary>Where the agent runs: <c>development</c>, <c>staging</c>, <c>production</c> or the organization's own word.</summary>
    public required string Environment { get; init; }

    /// <summary>The business domain it works in.</summary>
    public string Domain { get; init; } = "general";

    public AgentLifecycle Lifecycle { get; init; } = AgentLifecycle.Draft;

    public AgentVisibility Visibility { get; init; } = AgentVisibility.Personal;

    /// <summary>Risk class, 0 (negligible) to 4 (unacceptable). Defaults to 2.</summary>
    public int Risk { get; init; } = 2;

    /// <summary>Autonomy, 0 (suggests only) to 4 (acts unattended). Defaults to 1.</summary>
    public int Autonomy { get; init; } = 1;

    /// <summary>Execution ring, 0 (privileged) to 3 (sandbox). Defaults to 3.</summary>
    public int Ring { get; init; } = 3;

    /// <summary>Trust score, 0 to 1000, by what Writ's doors saw (<see cref="Trust.TrustBook"/>): nobody states it. New agents stand at 500.</summary>
    public int Trust { get; init; } = 500;

    public ImmutableArray<Grant> Grants { get; init; } = [];

    /// <summary>Where each grant comes from; nothing of one from before they had dates.</summary>
    [JsonIgnore]
    public ImmutableDictionary<Grant, GrantOrigin> Granted { get; init; } = ImmutableDictionary<Grant, GrantOrigin>.Empty;

    /// <summary>When the first of the grants that are being taken away is in force no more, UTC; null where none is.</summary>
    [JsonIgnore]
    public DateTimeOffset? FirstLeavesAt { get; init; }

    /// <summary>The agent without the grants whose stage is over at a moment, whether or not that is recorded yet.</summary>
    internal Agent At(DateTimeOffset now) =>
        FirstLeavesAt <= now ? this with { Grants = Grants.RemoveAll(grant => Granted.GetValueOrDefault(grant)?.LeavesAt <= now) } : this;

    /// <summary>The most that one of its tasks uses; null where nobody said.</summary>
    public TaskCeiling? TaskCeiling { get; init; }

    /// <summary>Why it is stopped; null where it is not suspended.</summary>
    [JsonIgnore]
    public Suspension? Suspension { get; init; }

    /// <summary>Who is asked to answer for it; null where nobody is.</summary>
    [JsonIgnore]
    public OwnershipOffer? Offer { get; init; }

    /// <summary>From whom it came to its owner, where the one before left; null once the owner has arranged for it.</summary>
    [JsonIgnore]
    public Succession? Succession { get; init; }

    /// <summary>Who may ask it to work besides its owners and their team, offered or accepted, by the consent's id.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<Guid, InvokeConsent> Consents { get; init; } = ImmutableSortedDictionary<Guid, InvokeConsent>.Empty;

    /// <summary>Where it comes from, where nobody described it by hand; null where somebody did.</summary>
    [JsonIgnore]
    public AgentOrigin? Origin { get; init; }

    /// <summary>What it is good for, by the word of its owners; null where nobody said.</summary>
    [JsonIgnore]
    public AgentCard? Card { get; init; }

    /// <summary>Since when it may act, or might have, UTC; null for one that never was active. Its reviews count from then.</summary>
    [JsonIgnore]
    public DateTimeOffset? ActiveSince { get; init; }

    /// <summary>The last review of each kind.</summary>
    [JsonIgnore]
    public ImmutableDictionary<ReviewKind, AgentReview> Reviews { get; init; } = ImmutableDictionary<ReviewKind, AgentReview>.Empty;

    /// <summary>The reviews that are overdue and were said to be.</summary>
    [JsonIgnore]
    public ImmutableDictionary<ReviewKind, ReviewNotice> ReviewNotices { get; init; } = ImmutableDictionary<ReviewKind, ReviewNotice>.Empty;

    /// <summary>Every version there has been, by name; the one deployed is among them.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, AgentVersion> Versions { get; init; } = ImmutableSortedDictionary.Create<string, AgentVersion>(StringComparer.Ordinal);
}
