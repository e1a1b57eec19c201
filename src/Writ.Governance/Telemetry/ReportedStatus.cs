namespace Writ.Governance.Telemetry;

/// <summary>How a span says that it ended; the numbers are OTLP's.</summary>
public enum ReportedStatus
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
