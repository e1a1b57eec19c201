using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;
using Writ.Ledger.Verification;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger show</c>: the last records of a data folder, after it was verified: what is not sound is not shown as if it were.</summary>
internal static class LedgerShowCommand
{
    private const int MostRecords = 10_000;

    public static Command Create(Session session)
    {
        var folder = new Argument<string?>("folder") { Description = "An installation's data folder, or one ledger in it. Without one, the running server says how its logs stand.", Arity = ArgumentArity.ZeroOrOne };
        var tail = new Option<int>("--tail") { Description = $"How many records of each log, the newest last; 1 to {MostRecords}.", DefaultValueFactory = _ => 20 };
        var log = new Option<string?>("--log") { Description = "Only logs whose origin ends like this, such as decisions.", HelpName = "ORIGIN" };
        var connection = new ConnectionFlags();
        var command = new Verb("show", "Show the last records of each log of a data folder, or how a running server's logs stand: size, key, how far each witness is behind. What agents wrote is not in records: it lies sealed in the vault.",
            "writ ledger show",
            "writ ledger show ~/.local/share/writ",
            "writ ledger show ~/.local/share/writ --log decisions --tail 5 --json")
        {
            folder, tail, log,
        };
        connection.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (parse.GetValue(folder) is not { } path)
                return await ShowServedAsync(screen, connection, parse, session, cancellation);
            var count = parse.GetValue(tail);
            if (count is < 1 or > MostRecords)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"--tail: 1 to {MostRecords}"));
            if (!Directory.Exists(path))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"there is no folder {path}"));
            var places = LedgerPlace.Find(path, null);
            if (places.Count == 0)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{path} holds no ledger") { Advice = "Name the data folder of an installation: the one given to `writ serve --data`." });

            var verified = await InstallationVerification.VerifyAsync(places, [], cancellation);
            if (!verified.IsSound)
            {
                verified.Show(screen);
                screen.Document(verified.ToJson());
                return ExitCode.No;
            }

            var logs = verified.Ledgers.SelectMany(l => l.Report.Logs)
                .Where(l => parse.GetValue(log) is not { } wanted || l.Origin.EndsWith(wanted, StringComparison.Ordinal)).ToList();
            screen.Document(new JsonObject { ["logs"] = new JsonArray([.. logs.Select(l => (JsonNode)new JsonObject
            {
                ["origin"] = l.Origin, ["size"] = l.Size, ["records"] = new JsonArray([.. Records(l, count).Select(r => (JsonNode)r)]),
            })]) });
            foreach (var one in logs)
                Show(screen, one, count);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ExitCode> ShowServedAsync(Screen screen, ConnectionFlags connection, ParseResult parse, Session session, CancellationToken cancellation)
    {
        switch (connection.Open(parse, session.Environment))
        {
            case ConnectionOpening.Refused refused:
                return screen.Fail(refused.Trouble);
            case ConnectionOpening.Opened opened:
                using (opened.Client)
                    return await ServedHeads.ShowAsync(screen, opened.Client, session.Time, cancellation);
            default:
                throw new InvalidOperationException();
        }
    }

    private static void Show(Screen screen, LogReport log, int count)
    {
        screen.Line($"{InertText.Of(log.Origin)}, {log.Size} records");
        screen.Table(["INDEX", "KIND", "WHAT"], Records(log, count).Select(record => (string[])
        [
            record["index"]!.ToString(),
            InertText.Of(Text(record, "kind") ?? Text(record["action"], "kind") ?? "?"),
            InertText.Of(Summary(record), 200),
        ]));
        screen.Line();
    }

    private static IEnumerable<JsonObject> Records(LogReport log, int count)
    {
        var first = Math.Max(log.Log.MinimumIndex, log.Size > (ulong)count ? log.Size - (ulong)count : 0);
        using var cursor = log.Log.ReadFrom(first);
        while (cursor.MoveNext())
        {
            var record = JsonNode.Parse(cursor.Current.Bytes.Span) as JsonObject ?? [];
            record.Insert(0, "index", cursor.Current.Index);
            yield return record;
        }
    }

    /// <summary>The members that say most about each kind of record, on one line.</summary>
    private static string Summary(JsonObject record) => string.Join("  ", new[]
    {
        Text(record, "outcome"), Text(record, "action"), Text(record, "status"), Text(record, "answer"), Text(record, "code"),
        Text(record, "decision") is { } decision ? $"of {decision}" : null,
        Text(record["action"], "server"), Text(record["action"], "tool"), Text(record["action"], "name"),
        Text(record["by"], "person") is { } person ? $"by {person}" : null,
        Text(record, "cause"),
    }.Where(part => part is not null));

    private static string? Text(JsonNode? node, string name) =>
        node is JsonObject members && members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
