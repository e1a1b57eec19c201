namespace Writ.Server.Api;

/// <summary>How many days after a notice an agent is suspended whose review is overdue, 1 to 90, and why.</summary>
internal sealed record GraceBody(int Days, string Reason);
