using Writ.Governance.Agents;
using Writ.Governance.Querying.Answers;

namespace Writ.Governance.Auditing;

/// <summary>What was permitted of one action; the action of a tool is <c>tool/SERVER/NAME</c>.</summary>
internal sealed record ActionUse(string Action, long Calls, DateTimeOffset Last, decimal? Least, decimal? Most)
{
    /// <summary>How a query asks for rows of this.</summary>
    public const string Grouped = "group by action show count, max(at), min(amount), max(amount)";

    public string Tool => Action.Split('/', 3) is [_, _, var tool] ? tool : "";

    public static ActionUse Of(AnswerRow row) =>
        new((string)row.Values[0]!, (long)row.Values[1]!, (DateTimeOffset)row.Values[2]!, (decimal?)row.Values[3], (decimal?)row.Values[4]);

    public bool IsUnder(Grant grant) =>
        Action.Split('/', 3) is ["tool", var server, var tool] && server == grant.Server.ToString() && (grant.Tool == Grant.EveryTool || grant.Tool == tool);
}
