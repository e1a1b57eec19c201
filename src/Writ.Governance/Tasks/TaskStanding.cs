using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Governance.Users;

namespace Writ.Governance.Tasks;

/// <summary>The unit of work an action belongs to, as Writ knows it. Immutable.</summary>
public sealed record TaskStanding
{
    /// <summary>The most agents that hand work on.</summary>
    public const int MostAsking = 8;

    public required TaskId Id { get; init; }

    /// <summary>The task at the top of the tree; itself where nothing is above it.</summary>
    public required TaskId Root { get; init; }

    public TaskId? Parent { get; init; }

    public required AgentId Agent { get; init; }

    /// <summary>The running instance that works on it: minted with the task at the top of the tree, shared by all below.</summary>
    public required InstanceId Instance { get; init; }

    /// <summary>The key id of the credential the task is bound to; the task's token works with no other.</summary>
    public required string Credential { get; init; }

    /// <summary>Whether Writ opened it by itself for a client that opened none.</summary>
    public required bool Implicit { get; init; }

    /// <summary>Why, where a person or an enforcement point said so; what an agent says stays a claim.</summary>
    public Attested<string>? Purpose { get; init; }

    /// <summary>The person who asked for the work, where that was attested.</summary>
    public Attested<PersonId>? StartedBy { get; init; }

    /// <summary>The end user on whose behalf, where that was attested.</summary>
    public Attested<string>? User { get; init; }

    /// <summary>What a verified token said of the user; null where none did, and then nothing of it is known.</summary>
    public UserFacts? UserFacts { get; init; }

    /// <summary>The workflow the task is a step of, where a person or an enforcement point said so.</summary>
    public Attested<string>? Workflow { get; init; }

    /// <summary>The tools that the task reaches at most, which no task below it widens; null for all that the agent has been given.</summary>
    public ImmutableArray<Grant>? Scope { get; init; }

    /// <summary>The skill of the agent that was asked for, where that was attested: its work uses the tools of that skill alone.</summary>
    public Attested<string>? Skill { get; init; }

    /// <summary>The agents that handed the work on, from the first to the one that asked this agent; empty where none did.</summary>
    public ImmutableArray<AgentId> AskedBy { get; init; } = [];

    /// <summary>What the agent itself said about the task.</summary>
    public Claims Claims { get; init; } = Claims.None;

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The task as a caller is in it who acts for a user whom a token of now proved; null where it is not that user's, as one that is for nobody.</summary>
    public TaskStanding? Under(VerifiedUser? user) =>
        user is null ? this : UserFacts is not null && User?.Value == user.Name.Value ? this with { UserFacts = user.Facts } : null;

    /// <summary>
    /// The task as a call is in it: null where what was proved of its user is vouched for no more, as its issuer was removed, or registered anew,
    /// since; or where the caller acts for another user than the task's.
    /// </summary>
    /// <param name="state">The organization as it stands.</param>
    /// <param name="user">Whom the call's own token proved; null for nobody.</param>
    public TaskStanding? In(OrganizationState state, VerifiedUser? user) => user is not null ? Under(user) : IsVouched(state) ? this : null;

    private bool IsVouched(OrganizationState state)
    {
        const string Issuer = "user-issuer/";
        return UserFacts is null || (User is { } user && user.Source.StartsWith(Issuer, StringComparison.Ordinal)
            && state.UserIssuers.ByName.TryGetValue(user.Source[Issuer.Length..], out var trusted) && trusted.Since <= OpenedAt);
    }

    /// <summary>The same task, with the name of the user that was attested, and what a token said of them.</summary>
    internal TaskStanding For(string user, UserFacts? facts) => this with { User = new Attested<string>(user, User!.Source), UserFacts = facts };
}
