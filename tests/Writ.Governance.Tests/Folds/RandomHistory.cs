using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Governance.Tests.Folds;

/// <summary>
/// Records of two organizations in an order that a seed chooses: tasks with and without users, decisions of every outcome, with rates and
/// approvals, answers, effects, spans, heartbeats, late and early ones. Not thread safe.
/// </summary>
internal sealed class RandomHistory(int seed, PayloadSealer sealer)
{
    private const long Begin = 1_767_323_045_000_000;

    private static readonly string[] Outcomes = ["ALLOW", "ALLOW_WITH_CONSTRAINTS", "REQUIRE_APPROVAL", "DENY", "REMEDIATE"];
    private static readonly string[] Organizations = ["acme", "default"];

    private readonly Random _random = new(seed);
    private readonly List<(string Organization, Guid Id, Guid Agent)> _tasks = [];
    private readonly List<(string Organization, Guid Id)> _permitted = [];
    private readonly List<(string Organization, Guid Id)> _held = [];
    private long _at = Begin;

    public IReadOnlyList<Guid> Tasks => [.. _tasks.Select(t => t.Id)];

    public async Task<MemoryRecordLog> MakeAsync(int records)
    {
        var log = new MemoryRecordLog { IsForeign = true };
        for (var i = 0; i < records; i++)
        {
            _at += _random.Next(-1_000_000, 40_000_000);
            var organization = Organizations[_random.Next(2)];
            var (record, payload) = _random.Next(11) switch
            {
                0 or 1 => Task(organization),
                2 or 3 or 4 or 5 => (Decision(organization), default),
                6 => (Effect(organization), default),
                7 or 8 => (Answer(organization), default),
                9 => (Telemetry(organization), default),
                _ => (Base(organization, "heartbeat", Id()), default),
            };
            Assert.True(Jcs.TryCanonicalize(JsonSerializer.SerializeToUtf8Bytes(record), out var bytes, out _));
            Assert.True((await log.AppendAsync(OrganizationId.Parse(organization), bytes, payload, RecordClass.Ordinary)).IsDurable);
        }

        return log;
    }

    private JsonObject Base(string organization, string kind, Guid id) =>
        new() { ["at"] = _at, ["id"] = id, ["kind"] = kind, ["organization"] = organization, ["v"] = 2 };

    private (JsonObject Record, ReadOnlyMemory<byte> Payload) Task(string organization)
    {
        var (id, agent) = (Id(), Agent(organization));
        _tasks.Add((organization, id, agent));
        var record = Base(organization, "task", id);
        record["agent"] = agent;
        record["credential"] = "k" + _random.Next(2);
        record["implicit"] = _random.Next(2) == 0;
        record["instance"] = Id();
        record["root"] = id;
        if (_random.Next(2) == 0)
            (record["token_id"], record["token_hash"]) = ("t" + id, "h");
        if (_random.Next(3) == 0)
            record["purpose"] = new JsonObject { ["source"] = "person/ada", ["value"] = "p" };
        if (_random.Next(6) == 0)
            record["claimed"] = true;
        if (_random.Next(2) == 0)
            return (record, default);
        record["user"] = new JsonObject { ["source"] = "point/desk" };
        var user = "alice-" + _random.Next(3);
        Assert.True(sealer.TrySeal(OrganizationId.Parse(organization), PayloadSubject.OfUser(user), id, Encoding.UTF8.GetBytes($$"""{"user":"{{user}}"}"""), out var made, out _));
        return (record, made.Bytes);
    }

    private JsonObject Decision(string organization)
    {
        var (id, outcome) = (Id(), Outcomes[_random.Next(Outcomes.Length)]);
        var task = _tasks.Where(t => t.Organization == organization).Select(t => t.Id).DefaultIfEmpty(Id()).ElementAt(0);
        var record = Base(organization, "decision", id);
        record["action"] = "tool/desk/t" + _random.Next(2);
        record["agent"] = Agent(organization);
        record["credential"] = "k" + _random.Next(2);
        record["door"] = _random.Next(5) == 0 ? "facts" : "mcp";
        record["effect"] = new[] { "money", "read", "fetch" }[_random.Next(3)];
        record["outcome"] = outcome;
        record["rules"] = new JsonArray(_random.Next(3) == 0 ? "floor/lowest-trust-only-reads" : "test/rule");
        record["subject"] = _random.Next(2) == 0 ? "user/" + Id() : "agent/" + Id();
        record["task"] = task;
        record["task_root"] = task;
        if (_random.Next(2) == 0)
            (record["trace"], record["span"], record["server"], record["tool"]) = (new string((char)('a' + _random.Next(2)), 32), $"{_random.Next(1, 99):x16}", "desk", "t0");
        if (outcome == "DENY")
            (record["escalation"], record["code"]) = ("esc_" + id, new[] { "WRIT1001", "WRIT1002", "WRIT4021" }[_random.Next(3)]);
        if (_random.Next(3) == 0)
            record["enforcer"] = "k9";
        if (outcome == "ALLOW_WITH_CONSTRAINTS")
            record["constraints"] = new JsonArray("read_only", $"rate 5 per {_random.Next(1, 100)}s by {(_random.Next(2) == 0 ? "agent" : "task")}");
        if (outcome == "REQUIRE_APPROVAL")
            record["approval"] = Held(organization, id);
        if (outcome.StartsWith("ALLOW", StringComparison.Ordinal))
        {
            _permitted.Add((organization, id));
            if (_held.FirstOrDefault(h => h.Organization == organization) is { Organization: not null } held && _random.Next(2) == 0)
                record["approval"] = new JsonObject { ["by"] = new JsonArray("ada"), ["id"] = held.Id, ["used"] = true };
        }

        return record;
    }

    private JsonObject Held(string organization, Guid decision)
    {
        var id = Id();
        _held.Insert(0, (organization, id));
        return new JsonObject
        {
            ["asks"] = new JsonArray(new JsonObject { ["approvers"] = new JsonArray("person/ada", "capability/security"), ["policy"] = "p", ["quorum"] = 2, ["within_ms"] = 60_000, ["reason"] = "money" }),
            ["binding"] = new string((char)((organization[0] == 'a' ? 'a' : 'd') + _random.Next(3)), 64),
            ["decision"] = decision,
            ["expires_at"] = _at + _random.Next(1, 200_000_000),
            ["id"] = id,
            ["requested_at"] = _at,
            ["requester"] = "sam",
        };
    }

    private JsonObject Effect(string organization)
    {
        var record = Base(organization, "effect", Id());
        record["status"] = new[] { "executed", "failed", "unknown", "not_dispatched" }[_random.Next(4)];
        record["decision"] = _permitted.Where(p => p.Organization == organization).Select(p => p.Id).DefaultIfEmpty(Id()).Last();
        return record;
    }

    private JsonObject Telemetry(string organization)
    {
        var record = Base(organization, "telemetry", Id());
        record["v"] = 1;
        record["span"] = $"{_random.Next(1, 99):x16}";
        if (_random.Next(3) > 0)
            record["decision"] = _permitted.Where(p => p.Organization == organization).Select(p => p.Id).DefaultIfEmpty(Id()).Last();
        return record;
    }

    private JsonObject Answer(string organization)
    {
        var record = Base(organization, "approval", Id());
        record["approval"] = _held.Where(h => h.Organization == organization).Select(h => h.Id).DefaultIfEmpty(Id()).First();
        record["answer"] = _random.Next(2) == 0 ? "approved" : "rejected";
        record["person"] = "p" + _random.Next(3);
        record["result"] = new[] { "pending", "approved", "rejected" }[_random.Next(3)];
        return record;
    }

    /// <summary>An agent, like a binding, is of one organization.</summary>
    private Guid Agent(string organization) => new(_random.Next(3) + 1, (short)organization[0], 0, [0x80, 0, 0, 0, 0, 0, 0, 0]);

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
