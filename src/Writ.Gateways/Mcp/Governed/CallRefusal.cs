using System.Text.Json;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>All that a refused agent sees: never a rule, a threshold or an approver.</summary>
/// <param name="Code">Writ's code, <c>WRITnnnn</c>.</param>
/// <param name="Message">Its sentence.</param>
/// <param name="Escalation">The opaque token by which people find the decision, or null where none was made.</param>
public sealed record CallRefusal(string Code, string Message, string? Escalation)
{
    /// <summary>Which of the outcomes it is: <c>DENY</c>, <c>REQUIRE_APPROVAL</c> or <c>REMEDIATE</c>.</summary>
    public string Outcome { get; init; } = "DENY";

    /// <summary>The open request, where people have to approve first.</summary>
    public string? Approval { get; init; }

    /// <summary>Until when they may.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The tool of the safer variant that is offered, on the same server.</summary>
    public string? RemedyTool { get; init; }

    /// <summary>The arguments of the safer variant.</summary>
    public JsonElement RemedyArguments { get; init; }
}
