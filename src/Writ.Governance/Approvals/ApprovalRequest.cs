using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Approvals;

/// <summary>A held action that people decide about. Immutable.</summary>
public sealed record ApprovalRequest
{
    public required ApprovalId Id { get; init; }

    public required OrganizationId Organization { get; init; }

    /// <summary>The decision that first held the action; its payload in the vault has the arguments.</summary>
    public required DecisionId Decision { get; init; }

    public required Hash256 Binding { get; init; }

    /// <summary>Whom the action is about: under that key lies what people attach to their answers.</summary>
    public required PayloadSubject Subject { get; init; }

    public required AgentId Agent { get; init; }

    /// <summary>The person the task was attested to be for, who may therefore not approve.</summary>
    public PersonId? Requester { get; init; }

    public required string ActionName { get; init; }

    public required ImmutableArray<ApprovalAsk> Asks { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>From when on neither approving nor using an approval is possible.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public ApprovalState State { get; init; } = ApprovalState.Pending;

    /// <summary>Who approved so far.</summary>
    public ImmutableArray<PersonId> ApprovedBy { get; init; } = [];

    /// <summary>The request after one more answer.</summary>
    public ApprovalRequest Answered(PersonId person, bool approve, IReadOnlyCollection<Person> people)
    {
        var by = approve ? ApprovedBy.Add(person) : ApprovedBy;
        var state = !approve ? ApprovalState.Rejected
            : IsSatisfiedBy([.. people.Where(p => by.Contains(p.Id))]) ? ApprovalState.Approved
            : ApprovalState.Pending;
        return this with { ApprovedBy = by, State = state };
    }

    /// <summary>Whether everyone whom every ask needs has approved.</summary>
    public bool IsSatisfiedBy(IReadOnlyCollection<Person> people) =>
        Asks.All(ask => people.Count(ask.Admits) >= ask.Quorum);
}
