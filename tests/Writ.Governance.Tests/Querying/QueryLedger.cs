using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Json;
using Writ.Crypto.Signing;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;

namespace Writ.Governance.Tests.Querying;

/// <summary>A real ledger with records as the governor writes them, and an index over it. Removed with the test.</summary>
internal sealed class QueryLedger : IAsyncDisposable, IRecordNames
{
    public const string Helper = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21";
    public const string Other = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e22";

    private readonly string _folder;
    private readonly MerkleLedger _ledger;
    private readonly LogicalLog _log;
    private int _next;

    private QueryLedger(string folder, MerkleLedger ledger, LogicalLog log) => (_folder, _ledger, _log, Index) = (folder, ledger, log, RecordIndex.Open(log, Path.Combine(folder, "index")));

    public RecordIndex Index { get; private set; }

    public LogicalLog Log => _log;

    public string Folder => _folder;

    public string IndexFolder => Path.Combine(_folder, "index");

    public IEnumerable<(string Name, string Id)> Agents => [("helper", Helper), ("other", Other)];

    public string? Resource(string resource) => null;

    public static async Task<QueryLedger> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("writ-query-").FullName;
        var opening = await MerkleLedger.OpenAsync(new LedgerOptions
        {
            DataFolder = Path.Combine(folder, "data"),
            Checkpoints = new CheckpointFolder(Path.Combine(folder, "checkpoints")),
            SigningKey = Ed25519PrivateKey.Generate(),
            SegmentBytes = 16 << 20,
            VaultSegmentBytes = 1 << 20,
            ReserveBytes = 64 << 10,
            MaxPayloadBytes = 64 << 10,
        });
        var ledger = Assert.IsType<LedgerOpening.Opened>(opening).Ledger;
        return new QueryLedger(folder, ledger, Assert.IsType<LogOpening.Opened>(await ledger.OpenLogAsync("writ.example/default/decisions")).Log);
    }

    /// <summary>A decision at noon of a day; its id.</summary>
    public async Task<Guid> DecideAsync(string day, string outcome, string agent = Helper, string tool = "tool/support-desk/refund_order", string? amount = null, string? approval = null, bool used = false, string[]? rules = null, long us = 50)
    {
        var id = NextId();
        var record = new JsonObject
        {
            ["action"] = tool, ["agent"] = agent, ["agent_version"] = "1.0.0", ["assurance"] = "low", ["at"] = Noon(day), ["credential"] = "agk_1",
            ["door"] = "mcp", ["effect"] = "money", ["environment"] = "production", ["id"] = id, ["kind"] = "decision", ["outcome"] = outcome, ["owner"] = "alice",
            ["risk_tags"] = new JsonArray("pays-out", "outside"), ["rules"] = new JsonArray([.. (rules ?? ["support-desk/refunds"]).Select(r => (JsonNode)r)]),
            ["task"] = "019b2f6e-0000-7000-8000-000000000001", ["us"] = us, ["v"] = 1,
        };
        if (amount is not null)
            record["amount"] = amount;
        if (approval is not null)
        {
            record["approval"] = used
                ? new JsonObject { ["id"] = approval, ["used"] = true }
                : new JsonObject { ["decision"] = id, ["expires_at"] = Noon(day) + 3_600_000_000, ["id"] = approval, ["requested_at"] = Noon(day) };
        }

        await AppendAsync(record);
        return id;
    }

    public Task EffectAsync(string day, Guid decision, string status, string? error = null, long us = 1_500)
    {
        var record = new JsonObject { ["at"] = Noon(day), ["decision"] = decision, ["effect"] = "money", ["id"] = NextId(), ["kind"] = "effect", ["status"] = status, ["us"] = us, ["v"] = 1 };
        if (error is not null)
            record["error"] = error;
        return AppendAsync(record);
    }

    public Task AnswerAsync(string day, string approval, Guid decision, string person, string answer, string result, long afterMicroseconds = 0) => AppendAsync(new JsonObject
    {
        ["answer"] = answer, ["approval"] = approval, ["at"] = Noon(day) + afterMicroseconds, ["decision"] = decision, ["id"] = NextId(), ["kind"] = "approval", ["person"] = person, ["result"] = result, ["v"] = 1,
    });

    public async Task AppendAsync(JsonObject record)
    {
        Assert.True(Jcs.TryCanonicalize(Encoding.UTF8.GetBytes(record.ToJsonString()), out var canonical, out var error), error?.ToString());
        await AppendAsync(canonical);
    }

    public async Task AppendAsync(byte[] record) => Assert.True((await _ledger.AppendAsync(_log, record)).IsDurable);

    /// <summary>Forgets what is in memory, as a restart does.</summary>
    public void Reopen() => Index = RecordIndex.Open(_log, IndexFolder);

    public RecordQuery Parse(string query) => RecordQuery.Parse(query, this) switch
    {
        QueryReading.Read read => read.Query,
        QueryReading.Wrong wrong => throw new InvalidOperationException(wrong.Problem.ToString()),
        _ => throw new InvalidOperationException(),
    };

    public QueryAnswer Ask(string query, string? cursor = null) => Assert.IsType<QueryResult.Answered>(Index.Ask(Parse(query), cursor)).Answer;

    /// <summary>The answer as lines of values with bars between.</summary>
    public string[] Rows(string query) => [.. Ask(query).Rows.Select(r => string.Join('|', r.Values.Select(Shown)))];

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public static long Noon(string day) => (DateTimeOffset.Parse(day + "T12:00:00Z").UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    private Guid NextId() => new($"019b2f6e-0000-7000-9000-{++_next:x12}");

    private static string Shown(object? value) => value switch
    {
        null => "-",
        System.Collections.Immutable.ImmutableArray<string> items => string.Join('+', items),
        DateTimeOffset at => at.ToString("yyyy-MM-dd"),
        decimal number => (number / 1.000000000000000000000000000000m).ToString(),
        _ => value.ToString()!,
    };
}
