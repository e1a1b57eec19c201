using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Remote;

/// <summary>What a decision point is asked.</summary>
/// <param name="Point">Whom.</param>
/// <param name="Request">The action.</param>
/// <param name="Arguments">What would run, limits on arguments applied.</param>
public sealed record PointQuestion(DecisionPoint Point, ActionRequest Request, Arguments Arguments);
