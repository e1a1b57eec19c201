using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Governance.Replay;

/// <summary>What was decided about a recorded call.</summary>
/// <param name="Outcome">One of the five.</param>
/// <param name="Effect">What the tool does; null for a tool nobody knows.</param>
/// <param name="Obstacle">Why no policy was asked, where none was.</param>
public readonly record struct ReplayedCall(Outcome Outcome, EffectClass? Effect, ReplayObstacle Obstacle);
