namespace Writ.Cli.Reports;

/// <summary>What has to be answered about any agent: what it did, who authorized it, what it touched and cost, where it was stopped.</summary>
internal static class AgentReport
{
    /// <summary>The questions about an agent in a span of time.</summary>
    /// <param name="agent">Its name or id.</param>
    /// <param name="period">A filter that begins with <c>and</c>, or nothing.</param>
    /// <param name="span">The same for people.</param>
    public static Report Of(string agent, string period, string span)
    {
        var who = $"agent = {QueryText.Quoted(agent)}{period}";
        const string Allowed = "outcome in (ALLOW, ALLOW_WITH_CONSTRAINTS)";
        return new Report($"What {agent} did", [("agent", agent), ("time", span)],
        [
            new ReportSection("Which actions did it ask for, and what was decided?", $"{who} group by action, outcome order by action limit 1000"),
            new ReportSection("Which version of it acted, where, and who answers for it?", $"{who} group by version, environment, owner"),
            new ReportSection("On whose behalf did it act, and about whom?", $"{who} group by started_by, workflow, subject limit 100"),
            new ReportSection("Which policies allowed it, in which snapshot?", $"{who} and {Allowed} group by rule, snapshot limit 100"),
            new ReportSection("Who approved what?", $"{who} and has approver group by approver, action show count, sum(amount) limit 100"),
            new ReportSection("What ran, and how did it end?", $"{who} and {Allowed} group by status, error show count, p50(took), p95(took)")
            {
                Note = "Without a status: the effect is still owed.",
            },
            new ReportSection("Under which limits?", $"{who} and has constraint group by constraint"),
            new ReportSection("What data did it touch, with what kind of effect?", $"{who} and {Allowed} group by data_class, effect"),
            new ReportSection("What did it cost, and what did it move?", $"{who} and {Allowed} show count, sum(cost), sum(amount), max(amount)")
            {
                Note = "Cost is by the tools' confirmed prices, in US dollars; amounts are in their own currencies. Envelopes are not recorded, so there is none to set it against.",
            },
            new ReportSection("Where was it stopped, and by what?", $"{who} and not {Allowed} group by outcome, code, rule limit 100"),
            new ReportSection("How did what waited for people end?", $"{who} and outcome = REQUIRE_APPROVAL group by answer show count, p50(waited), max(waited)")
            {
                Note = "Without an answer: nobody answered in time, or the request is still open.",
            },
            new ReportSection("Which were the last decisions?", $"{who} show at, action, outcome, code, approver, status, id limit 20"),
        ]);
    }
}
