using System.Collections.Immutable;
using Writ.Governance.Policies;

namespace Writ.Governance.Replay;

/// <summary>What came of making a <see cref="ReplayWorld"/>.</summary>
public abstract record ReplayWorldMaking
{
    private ReplayWorldMaking()
    {
    }

    public sealed record Made(ReplayWorld World) : ReplayWorldMaking;

    /// <summary>The tools file cannot be used; where and why.</summary>
    public sealed record ToolsRefused(string Problem) : ReplayWorldMaking;

    /// <summary>The bundle could not be published either.</summary>
    public sealed record BundleRefused(ImmutableArray<PolicyProblem> Problems) : ReplayWorldMaking;
}
