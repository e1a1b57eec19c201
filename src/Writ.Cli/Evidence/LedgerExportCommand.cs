using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;
using Writ.Ledger.Trust;

namespace Writ.Cli.Evidence;

/// <summary><c>writ ledger export</c>: an evidence pack that verifies where nobody has ever seen Writ.</summary>
internal static class LedgerExportCommand
{
    public static Command Create(Session session)
    {
        var task = new Option<Guid?>("--task") { Description = "Everything of this task, and of the tasks it opened.", HelpName = "ID" };
        var agent = new Option<Guid?>("--agent") { Description = "Everything of this agent.", HelpName = "ID" };
        var range = new Option<string?>("--range") { Description = "The records of the decision log from index A to index B.", HelpName = "A-B" };
        var output = new Option<string>("--out") { Description = "Where the pack goes; never overwritten.", HelpName = "FILE", DefaultValueFactory = _ => "evidence.zip" };
        var command = new Verb("export", "Write an evidence pack: the records of a task, an agent or a range, what was decided under which policy by whose approval, each with its proof, and a page that says it in words.",
            "writ ledger export --task 019a3c5e-7d1f-7c3a-9a64-0d2f5b7c8e91 --out refund-4711.zip",
            "writ ledger verify refund-4711.zip --key writ.vkey")
        {
            task, agent, range, output,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            if (Question(call.Parse.GetValue(task), call.Parse.GetValue(agent), call.Parse.GetValue(range)) is not { } question)
                return call.Screen.Fail(new Trouble(ExitCode.BadInput, "give one of --task ID, --agent ID and --range A-B") { Advice = "A range is two indices of the decision log, such as 100-199." });
            var file = call.Parse.GetValue(output)!;
            if (File.Exists(file))
                return call.Screen.Fail(new Trouble(ExitCode.BadInput, $"{file} is there already, and is not overwritten") { Advice = "Name another file with --out." });

            // Signs what is new, so that every record lies under a checkpoint.
            return await call.Api.PostAsync("/v1/ledger/checkpoint", null, ApiJson.Default.LedgerHeads, cancellation) switch
            {
                ApiResult<LedgerHeads>.Ok heads => await ExportAsync(call, session, question, heads.Value, file, cancellation),
                ApiResult<LedgerHeads>.Failed failed => call.Screen.Fail(failed.Trouble),
                _ => throw new InvalidOperationException(),
            };
        });
        return command;
    }

    private static async Task<ExitCode> ExportAsync(ApiCall call, Session session, EvidenceQuestion question, LedgerHeads heads, string file, CancellationToken cancellation)
    {
        if (VerifierKeys.Parse(heads.VerifierKey) is not { } key)
            return call.Screen.Fail(new Trouble(ExitCode.Failed, $"{call.Api.Server} shows no key that checkpoints can be checked with"));
        if (Size(heads, "decisions") is not (> 0 and var decided) || Size(heads, "control") is not (> 0 and var controlled))
            return call.Screen.Fail(new Trouble(ExitCode.No, "nothing was decided yet"));
        if (question is EvidenceQuestion.OfRange { First: var first, Last: var last })
        {
            if (first >= decided)
                return call.Screen.Fail(new Trouble(ExitCode.No, $"the decision log has {decided} records so far, and none {first}"));
            question = new EvidenceQuestion.OfRange(first, Math.Min(last, decided - 1));
        }

        var checkpoints = new CoveringCheckpoint(call.Screen, TrustPolicy.ForKey(key), session.Time);
        var collection = new EvidenceCollection(question, key, checkpoints, session.Time.GetUtcNow());
        using var decisions = call.Api.LogReader("decisions");
        using var control = call.Api.LogReader("control");
        var (zip, trouble) = await collection.MakeAsync((decisions, decided), (control, controlled), cancellation);
        if (zip is null || (trouble = NewFile.Write(file, zip)) is not null)
            return call.Screen.Fail(trouble!);
        call.Screen.Line($"{file} proves {collection.Records.ToString("N0", CultureInfo.InvariantCulture)} records of {question.Words}", Look.Good);
        call.Screen.Note($"Check it anywhere: writ ledger verify {file} --key '{heads.VerifierKey}', or without Writ by verifiers/");
        call.Screen.Note("Give the key by another way than the pack: it is worth what the key is worth.");
        call.Screen.Document(new JsonObject { ["file"] = file, ["records"] = collection.Records, ["question"] = question.ToJson(), ["key"] = heads.VerifierKey });
        return ExitCode.Done;
    }

    private static ulong Size(LedgerHeads heads, string log) => (ulong)(heads.Logs.FirstOrDefault(l => l.Origin.EndsWith($"/{log}", StringComparison.Ordinal))?.Size ?? 0);

    private static EvidenceQuestion? Question(Guid? task, Guid? agent, string? range) => (task, agent, range) switch
    {
        ({ } id, null, null) => new EvidenceQuestion.OfTask(id),
        (null, { } id, null) => new EvidenceQuestion.OfAgent(id),
        (null, null, { } text) when text.Split('-') is [var first, var last]
            && ulong.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && from <= to => new EvidenceQuestion.OfRange(from, to),
        _ => null,
    };
}
