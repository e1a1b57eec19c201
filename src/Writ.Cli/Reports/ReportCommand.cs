using System.CommandLine;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary><c>writ report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create(Session session) => new Verb("report", "Ready questions to the ledger, each with its query, of a server or of a data folder.")
    {
        CreateAgent(session),
        CreateTask(session),
        CreateScorecard(session),
    };

    private static Verb CreateAgent(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "The agent's name or id." };
        var (from, to) = PeriodFlags();
        var command = new Verb("agent", "What an agent did, who authorized it, what it touched and cost, and where it was stopped.",
            "writ report agent support-agent --from 2026-07-01 --to 2026-09-30",
            "writ report agent support-agent --html > support-agent.html")
        {
            agent, from, to,
        };
        Run(session, command, parse =>
            QueryText.Period(parse.GetValue(from), parse.GetValue(to), out var trouble) is { } period
                ? (AgentReport.Of(parse.GetRequiredValue(agent), period, Span(parse.GetValue(from), parse.GetValue(to))), null)
                : (null, trouble));
        return command;
    }

    private static Verb CreateTask(Session session)
    {
        var task = new Argument<string>("task") { Description = "The task's id." };
        var command = new Verb("task", "One task from its beginning: every decision, answer and effect in order, across agents.",
            "writ report task 019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21")
        {
            task,
        };
        Run(session, command, parse => Guid.TryParseExact(parse.GetRequiredValue(task), "D", out var id)
            ? (TaskReport.Of(id), null)
            : (null, new Trouble(ExitCode.BadInput, $"'{InertText.Of(parse.GetRequiredValue(task), 60)}' is no task's id") { Advice = "Find it with: writ ledger query 'show at, agent, task'" }));
        return command;
    }

    private static Verb CreateScorecard(Session session)
    {
        var (from, to) = PeriodFlags();
        var html = HtmlFlag();
        var whom = new QuestionFlags();
        var command = new Verb("scorecard", "How governance itself does: rates and latencies, each with its band and the queries behind it. Ends with 1 where one is out of its band.",
            "writ report scorecard --from 2026-07-01 --to 2026-07-31")
        {
            from, to, html,
        };
        whom.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (QueryText.Period(parse.GetValue(from), parse.GetValue(to), out var trouble) is not { } period)
                return screen.Fail(trouble!);
            var (questions, unopened) = await whom.OpenAsync(parse, session, cancellation);
            if (questions is null)
                return screen.Fail(unopened!);
            using (questions)
            {
                var (card, unanswered) = await Scorecard.AskAsync(questions, period, at => QueryText.Covers(parse.GetValue(from), parse.GetValue(to), at), Span(parse.GetValue(from), parse.GetValue(to)), cancellation);
                if (card is null)
                    return screen.Fail(unanswered!);
                ReportSheet.Show(session, screen, card.ToReport(), parse.GetValue(html));
                return card.IsWithin ? ExitCode.Done : ExitCode.No;
            }
        });
        return command;
    }

    private static void Run(Session session, Verb command, Func<ParseResult, (Report? Report, Trouble? Trouble)> make)
    {
        var html = HtmlFlag();
        var whom = new QuestionFlags();
        command.Add(html);
        whom.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var (report, trouble) = make(parse);
            if (report is null)
                return screen.Fail(trouble!);
            var (questions, unopened) = await whom.OpenAsync(parse, session, cancellation);
            if (questions is null)
                return screen.Fail(unopened!);
            using (questions)
            {
                var (answered, unanswered) = await report.AskAsync(questions, cancellation);
                if (answered is null)
                    return screen.Fail(unanswered!);
                ReportSheet.Show(session, screen, answered, parse.GetValue(html));
                return ExitCode.Done;
            }
        });
    }

    private static Option<bool> HtmlFlag() => new("--html") { Description = "One page of HTML that needs nothing else." };

    private static (Option<string?> From, Option<string?> To) PeriodFlags() => (
        new("--from") { Description = "The first day, UTC, such as 2026-07-01.", HelpName = "DAY" },
        new("--to") { Description = "The last day, UTC.", HelpName = "DAY" });

    private static string Span(string? from, string? to) => (from, to) switch
    {
        (null, null) => "from the first record on",
        (null, _) => $"up to {to}",
        (_, null) => $"from {from} on",
        _ => $"{from} to {to}, UTC",
    };
}
