using System.Text;
using System.Text.Json.Nodes;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;

namespace Writ.Governance.Tests.Querying;

public sealed class RecordIndexTests
{
    private const string Approval = "019b2f6e-aaaa-7000-8000-000000000001";
    private const string Rejected = "019b2f6e-aaaa-7000-8000-000000000002";

    [Fact]
    public async Task Refunds_approved_above_500_in_a_quarter_are_one_line()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        var held = await ledger.DecideAsync("2026-07-01", "REQUIRE_APPROVAL", amount: "501", approval: Approval);
        await ledger.AnswerAsync("2026-07-01", Approval, held, "carol", "approved", "pending");
        await ledger.AnswerAsync("2026-07-01", Approval, held, "bob", "approved", "approved", 60_000_000);
        var ran = await ledger.DecideAsync("2026-07-01", "ALLOW", amount: "501", approval: Approval, used: true);
        await ledger.EffectAsync("2026-07-02", ran, "executed");
        await ledger.DecideAsync("2026-09-30", "ALLOW", amount: "499.999999999", approval: "019b2f6e-aaaa-7000-8000-000000000003", used: true);
        await ledger.DecideAsync("2026-07-03", "ALLOW", amount: "900"); // nobody was asked
        await ledger.DecideAsync("2026-10-01", "ALLOW", amount: "900", approval: Approval, used: true);

        const string Query = "tool = support-desk/refund_order and has approver and amount > 500 and at in 2026-Q3 show at, agent, amount, approver, status, took";
        Assert.Equal([$"2026-07-01|{QueryLedger.Helper}|501|carol+bob|executed|1500"], ledger.Rows(Query));
        Assert.Equal([$"{held}|approved|60000000"], ledger.Rows("outcome = REQUIRE_APPROVAL show id, answer, waited"));
        Assert.Equal(["bob|60000000", "carol|-"], ledger.Rows("kind = approval show approver, waited"));
        Assert.Equal(["2"], ledger.Rows("kind = approval and person in (bob, carol) show count"));
    }

    [Fact]
    public async Task A_query_asks_for_decisions_unless_it_names_a_kind_and_an_outcome_and_its_effect_are_one_row()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        var first = await ledger.DecideAsync("2026-07-01", "ALLOW");
        var second = await ledger.DecideAsync("2026-07-01", "ALLOW");
        await ledger.DecideAsync("2026-07-01", "DENY");
        await ledger.EffectAsync("2026-07-01", second, "failed", "upstream_died");
        await ledger.EffectAsync("2026-07-01", first, "executed");

        Assert.Equal(["DENY|-|-", "ALLOW|failed|upstream_died", "ALLOW|executed|-"], ledger.Rows("show outcome, status, error"));
        Assert.Equal([second.ToString()], ledger.Rows("status = failed show id"));
        Assert.Equal(["2"], ledger.Rows("status = failed and kind in (decision, effect) show count"));
        Assert.Equal(["executed|refund_order", "failed|refund_order"], ledger.Rows("kind = effect and agent = helper and task ~ 019b show status, tool"));
        Assert.Equal(["effect", "decision"], ledger.Rows($"decision = {second} and has kind show kind"));
        Assert.Equal([first.ToString()], ledger.Rows("effect_index = 4 show id"));
    }

    [Fact]
    public async Task Those_who_follow_a_log_share_one_view_for_a_moment_and_are_told_how_far_it_goes()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        var time = new Testing.FakeTime();
        var filter = ledger.Parse("outcome = DENY").Filter;
        Assert.Null(ledger.Index.Select(filter, 0, 9, time));
        await ledger.DecideAsync("2026-07-01", "DENY");
        await ledger.DecideAsync("2026-07-01", "ALLOW");
        Assert.Null(ledger.Index.Select(filter, 0, 9, time));
        time.Advance(RecordIndex.LiveFor);
        var first = ledger.Index.Select(filter, 0, 9, time)!;
        Assert.Equal([0UL], first.Indexes);
        Assert.Equal(2UL, first.End);
        await ledger.DecideAsync("2026-07-01", "DENY");
        Assert.Null(ledger.Index.Select(filter, 2, 9, time));
        time.Advance(RecordIndex.LiveFor);
        var second = ledger.Index.Select(filter, 1, 9, time)!;
        Assert.Equal([2UL], second.Indexes);
        Assert.Equal(3UL, second.End);
        Assert.Equal(1UL, ledger.Index.Select(filter, 0, 1, time)!.End);
        Assert.Empty(ledger.Index.Select(filter, 1, 2, time)!.Indexes);
    }

    [Fact]
    public async Task What_a_rejected_request_held_says_so()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        var held = await ledger.DecideAsync("2026-07-01", "REQUIRE_APPROVAL", approval: Rejected);
        await ledger.DecideAsync("2026-07-01", "REQUIRE_APPROVAL", approval: Rejected);
        await ledger.AnswerAsync("2026-07-01", Rejected, held, "bob", "rejected", "rejected");
        Assert.Equal(["rejected|2"], ledger.Rows("group by answer"));
        Assert.Empty(ledger.Rows("has approver"));
    }

    [Fact]
    public async Task Comparisons_mean_what_they_say()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        await ledger.DecideAsync("2026-06-30", "ALLOW", amount: "10", rules: ["floor/no-secrets", "support-desk/refunds"]);
        await ledger.DecideAsync("2026-07-01", "DENY", QueryLedger.Other, amount: "500.00", rules: ["own-rule"]);
        await ledger.DecideAsync("2026-07-31", "DENY", tool: "tool/mail/send");

        Assert.Equal(2, Count("at = 2026-07"));
        Assert.Equal(2, Count("at > 2026-06"));
        Assert.Equal(1, Count("at <= 2026-06-30"));
        Assert.Equal(2, Count("at >= 2026-07-01"));
        Assert.Equal(3, Count("at in 2026"));
        Assert.Equal(1, Count("at = 2026-07-01T12:00:00Z"));
        Assert.Equal(1, Count("amount = 500"));
        Assert.Equal(0, Count("amount > 500"));
        Assert.Equal(1, Count("amount < 500"));
        Assert.Equal(2, Count("amount != 500")); // what has no amount is not 500 either
        Assert.Equal(2, Count("has amount"));
        Assert.Equal(2, Count("agent = helper"));
        Assert.Equal(1, Count($"agent = {QueryLedger.Other}"));
        Assert.Equal(1, Count("agent ~ oth"));
        Assert.Equal(1, Count("rule = no-secrets"));
        Assert.Equal(2, Count("rule = support-desk/refunds"));
        Assert.Equal(1, Count("rule = own-rule"));
        Assert.Equal(2, Count("rule ~ support-desk/"));
        Assert.Equal(2, Count("tool ~ support-desk/ref"));
        Assert.Equal(1, Count("tool = send and server = mail"));
        Assert.Equal(1, Count("not (tool = refund_order)"));
        Assert.Equal(2, Count("outcome = ALLOW or tool = send"));
        Assert.Equal(3, Count("risk = outside and person = alice"));

        long Count(string filter) => ledger.Ask(filter).Matched;
    }

    [Fact]
    public async Task Groups_have_counts_sums_and_percentiles()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        for (var i = 1; i <= 100; i++)
            await ledger.DecideAsync(i <= 60 ? "2026-07-01" : "2026-08-02", i % 4 == 0 ? "DENY" : "ALLOW", amount: $"{i}.5", us: i);

        Assert.Equal(["ALLOW|75|3787.5|1.5|99.5", "DENY|25|1312.5|4.5|100.5"], ledger.Rows("group by outcome show count, sum(amount), min(amount), max(amount)"));
        Assert.Equal(["50|90|95|99|50.5|5050"], ledger.Rows("show p50(decided_in), p90(decided_in), p95(decided_in), p99(decided_in), avg(decided_in), sum(decided_in)"));
        Assert.Equal(["2026-07-01|60", "2026-08-01|40"], ledger.Rows("group by month order by month"));
        Assert.Equal(["2026-08-02|DENY|10", "2026-07-01|DENY|15"], ledger.Rows("outcome = DENY group by day, outcome order by count asc"));
        Assert.Equal(["outside|100", "pays-out|100"], ledger.Rows("group by risk"));
        Assert.Equal(["-|100"], ledger.Rows("group by answer"));
        Assert.Equal(["0|-"], ledger.Rows("tool = nothing show count, sum(amount)"));
        Assert.True(ledger.Ask("group by decided_in limit 3").IsCut);
    }

    [Theory]
    [InlineData("")]
    [InlineData("order by at asc")]
    [InlineData("order by amount")]
    [InlineData("order by amount asc")]
    public async Task Pages_follow_each_other_without_gap_or_repeat_while_records_come(string order)
    {
        await using var ledger = await QueryLedger.OpenAsync();
        for (var i = 0; i < 50; i++)
            await ledger.DecideAsync("2026-07-01", "ALLOW", amount: i % 5 == 0 ? null : $"{i % 7}");
        var query = $"show id, amount {order} limit 7";
        var whole = ledger.Rows($"show id, amount {order} limit 1000");
        var (pages, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = ledger.Ask(query, cursor);
            Assert.Equal(50, page.Matched);
            pages.AddRange(page.Rows.Select(r => $"{r.Values[0]}|{r.Values[1] ?? "-"}"));
            cursor = page.Next;
            await ledger.DecideAsync("2026-07-01", "ALLOW", amount: "3");
        }
        while (cursor is not null);
        Assert.Equal(whole, pages);
    }

    [Fact]
    public async Task A_cursor_of_another_query_or_a_changed_one_is_refused()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        for (var i = 0; i < 5; i++)
            await ledger.DecideAsync("2026-07-01", "ALLOW");
        var cursor = ledger.Ask("limit 2").Next!;
        foreach (var (query, other) in new[] { ("limit 3", cursor), ("limit 2", cursor[..^1] + (cursor[^1] == 'A' ? 'Q' : 'A')), ("limit 2", "AAAA"), ("limit 2", ""), ("show count", cursor) })
            Assert.Equal(QueryRefusal.CursorUnknown, Assert.IsType<QueryResult.Refused>(ledger.Index.Ask(ledger.Parse(query), other)).Cause);
    }

    [Fact]
    public async Task Records_that_cannot_be_read_or_are_of_a_later_format_stop_nothing()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        await ledger.AppendAsync(Encoding.UTF8.GetBytes("{\"agent\":\"a\",\"kind\":\"decision\""));
        await ledger.AppendAsync("not json"u8.ToArray());
        await ledger.AppendAsync(new JsonObject { ["amount"] = "1e400", ["approval"] = 5, ["at"] = "later", ["kind"] = "decision", ["rules"] = "x", ["us"] = 1.5, ["workflow"] = new JsonObject { ["value"] = "returns", ["source"] = "s" } });
        await ledger.AppendAsync(new JsonObject { ["agent"] = "quoted \" text", ["kind"] = "decision", ["amount"] = "99999999999999999999" });
        Assert.Equal(["2"], ledger.Rows("kind = decision and not has workflow show count"));
        Assert.Equal(["returns"], ledger.Rows("has workflow show workflow"));
        Assert.Equal(["quoted \" text"], ledger.Rows("amount > 1000000000 show agent"));
    }

    [Fact]
    public async Task A_deleted_index_answers_the_same()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        var held = await ledger.DecideAsync("2026-07-01", "REQUIRE_APPROVAL", approval: Approval);
        await ledger.AnswerAsync("2026-07-01", Approval, held, "bob", "approved", "approved");
        await ledger.EffectAsync("2026-07-01", await ledger.DecideAsync("2026-07-01", "ALLOW", approval: Approval, used: true), "executed");
        const string Query = "show at, agent, outcome, approver, status, answer";
        var before = ledger.Rows(Query);
        if (Directory.Exists(ledger.IndexFolder))
            Directory.Delete(ledger.IndexFolder, recursive: true);
        ledger.Reopen();
        Assert.Equal(before, ledger.Rows(Query));
    }
}
