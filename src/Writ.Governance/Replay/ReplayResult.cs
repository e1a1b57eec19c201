namespace Writ.Governance.Replay;

/// <summary>What came of a replay.</summary>
public abstract record ReplayResult
{
    private ReplayResult()
    {
    }

    /// <summary>Every call of every trace is decided.</summary>
    public sealed record Done(ReplayTally Tally) : ReplayResult;

    /// <summary>A trace cannot be read; no output is left behind.</summary>
    public sealed record Refused(TraceProblem Problem) : ReplayResult;
}
