using System.Text.Json;

namespace Writ.Governance.Feeds.Formats;

/// <summary>
/// How OCSF says what was decided or happened: severity and status of every event, and of one that is a control's also action and disposition
/// (profile security_control). Immutable.
/// </summary>
internal sealed record OcsfVerdict
{
    private OcsfVerdict(int severityId, string severity, int statusId, string status) =>
        (SeverityId, Severity, StatusId, Status) = (severityId, severity, statusId, status);

    public int SeverityId { get; }

    public string Severity { get; }

    public int StatusId { get; }

    public string Status { get; }

    /// <summary>Whether a control decided something.</summary>
    public bool IsControl => Action is not null;

    /// <summary>The number and the caption of what the control did.</summary>
    public (int Id, string Name)? Action { get; private init; }

    public (int Id, string Name) Disposition { get; private init; }

    public static OcsfVerdict Of(OutgoingRecord record) => record.Kind switch
    {
        "decision" => OfDecision(record.Word("outcome"), record.UsesApproval),
        "effect" => OfEffect(record.Word("status")),
        "approval" => OfAnswer(record.Word("answer")),
        "admission" => new OcsfVerdict(2, "Low", 2, "Failure") { Action = (2, "Denied"), Disposition = (6, "Dropped") },
        _ => Good(),
    };

    public void WriteTo(Utf8JsonWriter to)
    {
        to.WriteNumber("severity_id"u8, SeverityId);
        to.WriteString("severity"u8, Severity);
        to.WriteNumber("status_id"u8, StatusId);
        to.WriteString("status"u8, Status);
        if (Action is not { } action)
            return;
        to.WriteNumber("action_id"u8, action.Id);
        to.WriteString("action"u8, action.Name);
        to.WriteNumber("disposition_id"u8, Disposition.Id);
        to.WriteString("disposition"u8, Disposition.Name);
    }

    private static OcsfVerdict OfDecision(string? outcome, bool approved) => outcome switch
    {
        "ALLOW" or "ALLOW_WITH_CONSTRAINTS" => Good() with { Action = (1, "Allowed"), Disposition = approved ? (8, "Approved") : (1, "Allowed") },
        // Neither allowed nor denied: held.
        "REQUIRE_APPROVAL" => new OcsfVerdict(2, "Low", 99, outcome) { Action = (99, outcome), Disposition = (14, "Delayed") },
        "REMEDIATE" => new OcsfVerdict(2, "Low", 2, "Failure") { Action = (2, "Denied"), Disposition = (2, "Blocked") },
        _ => new OcsfVerdict(3, "Medium", 2, "Failure") { Action = (2, "Denied"), Disposition = (2, "Blocked") },
    };

    private static OcsfVerdict OfAnswer(string? answer) =>
        answer == "approved" ? Good() with { Action = (1, "Allowed"), Disposition = (8, "Approved") } : Good() with { Action = (2, "Denied"), Disposition = (25, "Rejected") };

    private static OcsfVerdict OfEffect(string? status) => status switch
    {
        "executed" => Good(),
        "unknown" => new OcsfVerdict(3, "Medium", 0, "Unknown"),
        _ => new OcsfVerdict(2, "Low", 2, "Failure"),
    };

    private static OcsfVerdict Good() => new(1, "Informational", 1, "Success");
}
