namespace Writ.Cli.Reports;

/// <summary>One task from its beginning: every decision, answer and effect in the order of the log, across agents.</summary>
internal static class TaskReport
{
    public static Report Of(Guid task)
    {
        var id = task.ToString("D");
        var whole = $"(task = {id} or task_root = {id})";
        return new Report($"Task {id}", [("task", id)],
        [
            new ReportSection("What happened, in order?", $"kind in (task, decision, approval, effect) and {whole} show at, kind, agent, action, outcome, code, approver, answer, status, error, took, decision order by at asc limit 1000")
            {
                Note = "A record stands after everything that led to it.",
            },
            new ReportSection("Which agents took part, in which tasks below it?", $"{whole} group by agent, task limit 1000"),
            new ReportSection("What came of it?", $"{whole} group by outcome, status show count, sum(cost), sum(amount)"),
        ]);
    }
}
