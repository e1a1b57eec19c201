using Writ.Governance.Kills;

namespace Writ.Governance.Controls;

/// <summary>Something stops at once, and stays stopped until two people lift it.</summary>
/// <param name="Id">The kill.</param>
/// <param name="Scope">What stops.</param>
/// <param name="Reason">Why.</param>
/// <param name="DetectedAt">When what it is ordered for was noticed, as the person says.</param>
public sealed record KillOrdered(Guid Id, KillScope Scope, string Reason, DateTimeOffset? DetectedAt = null) : ControlAction;
