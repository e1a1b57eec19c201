using System.Collections.Immutable;
using Writ.Governance.Policies.Remote;

namespace Writ.Governance.Decisions;

/// <summary>How far an action came through the gates.</summary>
/// <param name="Request">The action.</param>
/// <param name="Enforcer">Who will settle, where that is not a door of Writ.</param>
/// <param name="GatesRun">How many gates ran; the last of them may have refused.</param>
/// <param name="GateNames">The names of the gates, in order.</param>
/// <param name="Elapsed">How long the walk took.</param>
public sealed record Walk(ActionRequest Request, string? Enforcer, int GatesRun, ImmutableArray<string> GateNames, TimeSpan Elapsed)
{
    /// <summary>What decision points outside Writ said.</summary>
    public ImmutableArray<PointAnswer> Answers { get; init; } = [];
}
