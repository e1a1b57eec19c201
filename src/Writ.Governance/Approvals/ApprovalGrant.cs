using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Approvals;

/// <summary>An approval that fits the action at hand and has not been used. Using it is one compare-and-set.</summary>
/// <param name="Id">The request that was approved.</param>
/// <param name="By">Who approved it.</param>
public sealed record ApprovalGrant(ApprovalId Id, ImmutableArray<PersonId> By);
