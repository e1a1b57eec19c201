using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger query</c>: asks the decision log, of a running server or of a data folder.</summary>
internal static class LedgerQueryCommand
{
    private const int MostPages = 10_000;

    public static Command Create(Session session)
    {
        var query = new Argument<string>("query") { Description = "Which records, and what to make of them, in one line. See docs/querying.md.", DefaultValueFactory = _ => "" };
        var format = new Option<string>("--format") { Description = "How the rows are written: table, csv or jsonl.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "csv", "jsonl");
        var cursor = new Option<string?>("--cursor") { Description = "The next page, as the page before named it.", HelpName = "CURSOR" };
        var all = new Option<bool>("--all") { Description = "Every page, one after the other." };
        var proofs = new Option<string?>("--proofs") { Description = "Also write a proof of every record of the page into this folder: INDEX.tlog-proof. At most 100, of a server.", HelpName = "FOLDER" };
        var whom = new QuestionFlags();
        var command = new Verb("query", "Ask what was decided, by whom, why, and what then happened. Without a query: the newest decisions.",
            "writ ledger query 'outcome = DENY and at in 2026-07 group by agent, rule'",
            "writ ledger query 'tool = refund_order and has approver and amount > 500 and at in 2026-Q3' --format csv --all",
            "writ ledger query 'status = unknown' --data /mnt/copy/data")
        {
            query, format, cursor, all, proofs,
        };
        whom.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var (questions, unopened) = await whom.OpenAsync(parse, session, cancellation);
            if (questions is null)
                return screen.Fail(unopened!);
            using (questions)
            {
                if (parse.GetValue(proofs) is not null)
                {
                    if (parse.GetValue(all) || questions is not ServerQuestions server)
                        return screen.Fail(new Trouble(ExitCode.BadInput, "--proofs is for one page of a server's answer: without --all and --data"));
                    server.WithProofs = true;
                }

                var sheet = new AnswerSheet(session, screen, parse.GetValue(format)!);
                var next = parse.GetValue(cursor);
                for (var page = 0; page < MostPages; page++)
                {
                    var (answer, trouble) = await questions.AskAsync(parse.GetValue(query)!, next, cancellation);
                    if (answer is null)
                        return screen.Fail(trouble!);
                    next = answer["next"]?.GetValue<string>();
                    if (parse.GetValue(proofs) is { } kept && ProofFolder.Write(kept, answer) is { } unwritten)
                        return screen.Fail(unwritten);
                    sheet.Add(answer);
                    if (next is null || !parse.GetValue(all))
                        break;
                }

                sheet.End(next);
                return ExitCode.Done;
            }
        });
        return command;
    }
}
