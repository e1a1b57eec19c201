using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;
using Writ.Testing;

namespace Writ.Governance.Tests.Querying;

public sealed class QueryParserTests : IRecordNames
{
    public IEnumerable<(string Name, string Id)> Agents => [("helper", QueryLedger.Helper)];

    public string? Resource(string resource) => null;

    [Theory]
    [InlineData("outcom = DENY", 1, "there is no field 'outcom': did you mean outcome?")]
    [InlineData("outcome = DENNY", 11, "outcome is never 'DENNY': did you mean DENY?; it is one of ALLOW, ")]
    [InlineData("outcome = deny", 11, "did you mean DENY?")]
    [InlineData("agent = helpr", 9, "no agent is called 'helpr': did you mean helper?")]
    [InlineData("outcome == DENY", 10, "expected a value")]
    [InlineData("amount > many", 10, "'many' is no value of amount: write a plain number")]
    [InlineData("amount > 0.0000000001", 10, "at most nine decimals")]
    [InlineData("took > 20", 8, "a whole number and its unit")]
    [InlineData("at >= 31.07.2026", 7, "write a time as 2026, 2026-Q3")]
    [InlineData("at >= 2026-07-01T10:00:00", 7, "write a time as")]
    [InlineData("at = 2026-13", 6, "write a time as")]
    [InlineData("at = 2026-Q5", 6, "write a time as")]
    [InlineData("tool < b", 8, "tool is a text: compare it with = or !=")]
    [InlineData("amount ~ 5", 10, "amount has no beginning")]
    [InlineData("id = 7", 6, "is no id")]
    [InlineData("tool = a tool = b", 10, "'tool' does not belong here")]
    [InlineData("(tool = a", 10, "a bracket is not closed")]
    [InlineData("tool in a", 9, "expected '(' and a list of values")]
    [InlineData("tool in (a b)", 12, "expected ',' or ')'")]
    [InlineData("tool = \"a", 8, "a quoted text has no end")]
    [InlineData("tool = a; drop", 9, "stands in no query")]
    [InlineData("tool", 5, "expected =, !=, <, <=, >, >=, ~ or in after tool")]
    [InlineData("not", 4, "expected the name of a field")]
    [InlineData("group agent", 7, "expected 'by' after 'group'")]
    [InlineData("group by id", 10, "id differs from record to record")]
    [InlineData("group by agent show tool", 25, "tool is not the same for all records of a group")]
    [InlineData("show tool, count", 12, "do not stand in one answer")]
    [InlineData("show sum(tool)", 10, "sum needs a number: amount, cost")]
    [InlineData("show sum amount", 10, "expected '(' and a field after sum")]
    [InlineData("order by tool", 10, "records are ordered by a time or a number")]
    [InlineData("group by tool order by amount", 24, "groups are ordered by")]
    [InlineData("limit 0", 7, "limit: 1 to 1000")]
    [InlineData("limit 1001", 7, "limit: 1 to 1000")]
    [InlineData("limit 5 tool = a", 9, "does not belong here")]
    [InlineData("tool = a gruop by tool", 10, "did you mean group?")]
    public void What_is_wrong_is_told_with_its_place_and_what_was_meant(string query, int column, string message)
    {
        var problem = Assert.IsType<QueryReading.Wrong>(RecordQuery.Parse(query, this)).Problem;
        Assert.Contains(message, problem.ToString());
        Assert.Equal(column, problem.Position + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("outcome = DENY and tool = \"support-desk/refund_order\" and amount > 500 and at >= 2026-07-01")]
    [InlineData("NOT (outcome in (ALLOW, DENY) OR has approver) and person != bob")]
    [InlineData("at in 2026-Q3 and tool not in (a, 'b c') group by agent, day show count, sum(amount), p95(took) order by sum(amount) desc limit 10")]
    [InlineData("kind = effect and status != executed show at, status, error order by took asc")]
    [InlineData("decided_in >= 5ms and amount <= -1.5 and at < 2026-07-01T10:00:00+02:00")]
    public void What_the_language_has_is_read(string query) => Assert.IsType<QueryReading.Read>(RecordQuery.Parse(query, this));

    [Fact]
    public void A_query_has_bounds()
    {
        Assert.IsType<QueryReading.Wrong>(RecordQuery.Parse(new string(' ', RecordQuery.MaxLength + 1), this));
        Assert.IsType<QueryReading.Wrong>(RecordQuery.Parse(string.Concat(Enumerable.Repeat("(", 40)) + "tool = a", this));
        Assert.IsType<QueryReading.Wrong>(RecordQuery.Parse(string.Concat(Enumerable.Repeat("not ", 900)) + "tool = a", this));
        Assert.IsType<QueryReading.Wrong>(RecordQuery.Parse("show " + string.Join(',', Enumerable.Repeat("tool", 40)), this));
        Assert.IsType<QueryReading.Wrong>(RecordQuery.Parse("group by tool, agent, server, door", this));
    }

    [Fact]
    public void Whatever_is_typed_is_answered_and_never_thrown_over()
    {
        var random = new Random(20260702);
        string[] pieces = ["(", ")", "not", "and", "or", "in", "has", "tool", "=", "!=", "~", "amount", "5", "\"", "'", "\\", "group", "by", "show", "count", "sum", "order", "limit", "at", "2026-Q3", ",", "é", "\u202e", "\0", "person", "asc"];
        for (var i = 0; i < 20_000; i++)
            Assert.NotNull(RecordQuery.Parse(string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)])), this));
    }

    [Fact]
    public void The_documentation_names_every_field_and_no_other()
    {
        var rows = File.ReadLines(Repository.PathOf("docs", "querying.md")).SkipWhile(l => l != "## Fields").TakeWhile(l => !l.StartsWith("## Words", StringComparison.Ordinal))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal)).SelectMany(l => l.Split('|')[1].Split(',').Select(n => n.Trim(' ', '`'))).ToList();
        Assert.Equal(QueryFields.All.Select(f => f.Name).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }
}
