using System.Collections.Immutable;
using Writ.Governance.Policies.Remote;

namespace Writ.Governance.Decisions;

/// <summary>What a <see cref="ITighteningGate"/> found.</summary>
/// <param name="Answers">What each of those who were asked said, for the record.</param>
/// <param name="Refusal">Why the action is refused; null where nobody objects.</param>
public sealed record Tightening(ImmutableArray<PointAnswer> Answers, GateResult.Denied? Refusal);
