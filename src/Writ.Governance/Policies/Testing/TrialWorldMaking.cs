using System.Collections.Immutable;

namespace Writ.Governance.Policies.Testing;

/// <summary>What came of making a <see cref="TrialWorld"/>.</summary>
public abstract record TrialWorldMaking
{
    private TrialWorldMaking()
    {
    }

    public sealed record Made(TrialWorld World) : TrialWorldMaking;

    /// <summary>A tool would not be admitted, or a name stands twice; why.</summary>
    public sealed record ToolsRefused(string Problem) : TrialWorldMaking;

    /// <summary>A bundle could not be published either.</summary>
    public sealed record BundleRefused(string Bundle, ImmutableArray<PolicyProblem> Problems) : TrialWorldMaking;
}
