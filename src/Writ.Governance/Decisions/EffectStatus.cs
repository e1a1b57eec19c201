namespace Writ.Governance.Decisions;

/// <summary>What became of a permitted action.</summary>
public enum EffectStatus
{
    /// <summary>The tool ran and answered.</summary>
    Executed,

    /// <summary>The tool ran and said that it failed, or the upstream answered with an error.</summary>
    Failed,

    /// <summary>No answer within the time allowed; it may have run.</summary>
    TimedOut,

    /// <summary>The caller went away; it may have run.</summary>
    Cancelled,

    /// <summary>It never left Writ.</summary>
    NotDispatched,

    /// <summary>Nobody knows: Writ stopped in between, or the enforcement point never told. Stays charged until reconciled.</summary>
    Unknown,
}
