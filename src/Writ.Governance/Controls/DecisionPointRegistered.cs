using Writ.Governance.Policies.Remote;

namespace Writ.Governance.Controls;

/// <summary>From here on a decision point outside Writ has to agree to what its scope covers. A name that is taken is not replaced: to change
/// a point, register the new one beside it and remove the old.</summary>
public sealed record DecisionPointRegistered(DecisionPoint Point) : ControlAction;
