using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;
using Writ.Ledger;
using Writ.Ledger.Verification;

namespace Writ.Cli.Ledgers;

/// <summary>
/// Asks the decision log of a data folder that was verified. The index is made anew in a temporary folder, and removed: one that lies in
/// the data folder is as good as whoever could write there. Not thread safe.
/// </summary>
internal sealed class FolderQuestions : IRecordNames, IQuestions
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("writ-query-");
    private readonly RecordIndex _index;
    private readonly TimeToKill[] _kills;

    private FolderQuestions(LogicalLog decisions, LogicalLog? control)
    {
        Agents = control is null ? [] : [.. Names(control)];
        _kills = control is null ? [] : [.. Kills(control)];
        _index = RecordIndex.Open(decisions, _scratch.FullName);
        while (_index.CatchUp())
        {
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Id)> Agents { get; }

    /// <summary>The key of resources' names is the installation's.</summary>
    public string? Resource(string resource) => null;

    /// <summary>Verifies the folder and indexes its decision log; or says why not.</summary>
    public static async Task<(IQuestions? Questions, Trouble? Trouble)> OpenAsync(string folder, string? origin, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            return (null, new Trouble(ExitCode.BadInput, $"there is no folder {folder}"));
        var places = LedgerPlace.Find(folder, null);
        if (places.Count == 0)
            return (null, new Trouble(ExitCode.BadInput, $"{folder} holds no ledger") { Advice = "Name the data folder of an installation: the one given to `writ serve --data`." });
        var verified = await InstallationVerification.VerifyAsync(places, [], cancellation);
        if (!verified.IsSound)
            return (null, new Trouble(ExitCode.No, $"{folder} is not sound, and nothing is answered from it") { Advice = $"See: writ ledger verify {folder}" });
        var logs = verified.Ledgers.SelectMany(l => l.Report.Logs).ToList();
        var decisions = logs.Where(l => origin is null ? l.Origin.EndsWith("/decisions", StringComparison.Ordinal) : l.Origin.EndsWith(origin, StringComparison.Ordinal)).ToList();
        if (decisions.Count != 1)
            return (null, new Trouble(ExitCode.BadInput, decisions.Count == 0 ? $"{folder} holds no such log of decisions" : "there are several logs: say which with --log")
            {
                Advice = logs.Count == 0 ? null : "There are " + string.Join(", ", logs.Select(l => InertText.Of(l.Origin))),
            });
        var control = decisions[0].Origin.Replace("/decisions", "/control", StringComparison.Ordinal);
        return (new FolderQuestions(decisions[0].Log, logs.FirstOrDefault(l => l.Origin == control)?.Log), null);
    }

    public Task<(JsonObject? Page, Trouble? Trouble)> AskAsync(string query, string? cursor, CancellationToken cancellation) => Task.FromResult(Ask(query, cursor));

    private (JsonObject? Page, Trouble? Trouble) Ask(string query, string? cursor) => RecordQuery.Parse(query, this) switch
    {
        QueryReading.Read read => _index.Ask(read.Query, cursor) switch
        {
            // Written and read again, so that it is what a server would send.
            QueryResult.Answered answered => (JsonNode.Parse(AnswerDocument.Of(answered.Answer, Agents).ToJsonString())!.AsObject(), null),
            QueryResult.Refused { Cause: QueryRefusal.Unreadable, Detail: var detail } => (null, new Trouble(ExitCode.Failed, detail)),
            QueryResult.Refused { Detail: var detail } => (null, new Trouble(ExitCode.BadInput, detail)),
            _ => throw new InvalidOperationException(),
        },
        QueryReading.Wrong wrong => (null, new Trouble(ExitCode.BadInput, $"the query cannot be asked: {wrong.Problem}")),
        _ => throw new InvalidOperationException(),
    };

    public Task<(IReadOnlyList<TimeToKill>? Kills, Trouble? Trouble)> KillsAsync(CancellationToken cancellation) =>
        Task.FromResult<(IReadOnlyList<TimeToKill>?, Trouble?)>((_kills, null));

    public void Dispose() => _scratch.Delete(recursive: true);

    private static IEnumerable<(string Name, string Id)> Names(LogicalLog control) =>
        from record in Controls(control)
        where record.Action["kind"]?.ToString() == "agent.registered" && record.Action["agent"] is JsonObject
        let agent = record.Action["agent"]!
        where agent["name"] is not null && agent["id"] is not null
        select (agent["name"]!.ToString(), agent["id"]!.ToString());

    private static IEnumerable<TimeToKill> Kills(LogicalLog control)
    {
        var ordered = new Dictionary<string, (DateTimeOffset At, DateTimeOffset Noticed)>(StringComparer.Ordinal);
        foreach (var (at, action) in Controls(control))
        {
            var id = action["id"]?.ToString() ?? "";
            if (action["kind"]?.ToString() == "kill.ordered")
                ordered[id] = (at, action["detected_at"]?.GetValue<DateTimeOffset>() ?? at);
            else if (action["kind"]?.ToString() == "kill.tolled" && ordered.TryGetValue(id, out var kill))
                yield return new TimeToKill(kill.At, (long)(kill.At - kill.Noticed).TotalMicroseconds + action["us"]!.GetValue<long>());
        }
    }

    private static IEnumerable<(DateTimeOffset At, JsonObject Action)> Controls(LogicalLog control)
    {
        using var records = control.ReadFrom();
        while (records.MoveNext())
        {
            if (JsonNode.Parse(records.Current.Bytes.Span) is JsonObject record && record["action"] is JsonObject action)
                yield return (DateTimeOffset.UnixEpoch.AddMicroseconds(record["at"]!.GetValue<long>()), action);
        }
    }
}
