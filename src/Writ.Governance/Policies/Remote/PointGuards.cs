using System.Runtime.CompilerServices;

namespace Writ.Governance.Policies.Remote;

/// <summary>The guard of each registered decision point, for as long as it is registered. Thread safe.</summary>
public sealed class PointGuards(TimeProvider time)
{
    private readonly ConditionalWeakTable<DecisionPoint, PointGuard> _guards = new();

    /// <summary>Whether the point is asked as usual; false after too many failures in a row.</summary>
    public bool IsClosed(DecisionPoint point) => Of(point).IsClosed;

    internal PointGuard Of(DecisionPoint point) => _guards.GetValue(point, key => new PointGuard(key, time));
}
