namespace Writ.Governance.Telemetry;

/// <summary>What became of reported spans: a closed hierarchy.</summary>
public abstract record TelemetryOutcome
{
    private TelemetryOutcome()
    {
    }

    /// <summary>They are recorded, but for those that are not acceptable.</summary>
    /// <param name="Rejected">How many are not.</param>
    /// <param name="Problem">What is wrong with the first of those; null where there are none.</param>
    public sealed record Taken(int Rejected, string? Problem) : TelemetryOutcome;

    /// <summary>The task token was not accepted; nothing is recorded.</summary>
    public sealed record TaskRefused : TelemetryOutcome;

    /// <summary>The ledger did not take all of them; which it took is not told, and sending them again records those twice.</summary>
    public sealed record NotRecorded(string Fault) : TelemetryOutcome;
}
