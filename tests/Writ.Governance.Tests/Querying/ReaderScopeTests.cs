using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;

namespace Writ.Governance.Tests.Querying;

public sealed class ReaderScopeTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Engineers_read_90_days_and_app_engineers_of_these_their_own_agents()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        foreach (var day in new[] { "2026-07-16", "2026-07-17", "2026-07-18", "2026-10-15" })
        {
            await ledger.DecideAsync(day, "ALLOW");
            await ledger.DecideAsync(day, "ALLOW", agent: QueryLedger.Other);
        }

        Assert.Equal(8, Read(Person("security")));
        Assert.Equal(8, Read(Person("compliance")));
        Assert.Equal(8, Read(Person("app", "security")));
        Assert.Equal(6, Read(Person("platform"))); // to the microsecond: 90 days ago is in
        Assert.Equal(3, Read(Person("app") with { Id = PersonId.Parse("owner") }));
        Assert.Equal(3, Read(Person("app") with { Id = PersonId.Parse("backup") }));
        Assert.Equal(3, Read(Person("app") with { Teams = [TeamId.Parse("billing")] }));
        Assert.Equal(0, Read(Person("app") with { Teams = [TeamId.Parse("others")] }));
        Assert.Equal(0, Read(Person()));

        long Read(Person person)
        {
            var query = Assert.IsType<QueryReading.Read>(RecordQuery.Parse("kind = decision or not kind = decision", ledger)).Query;
            var answer = Assert.IsType<QueryResult.Answered>(ledger.Index.Ask(ReaderScope.Of(person, Agents, Now).Within(query))).Answer;
            Assert.All(answer.Rows, row => Assert.NotNull(row.Index));
            return answer.Matched;
        }
    }

    [Fact]
    public void A_record_that_names_no_agent_is_for_those_who_read_of_all_agents()
    {
        var record = new JsonObject { ["at"] = Now.ToUnixTimeMilliseconds() * 1000 };
        Assert.True(ReaderScope.Of(Person("platform"), Agents, Now).Has(record));
        Assert.False(ReaderScope.Of(Person("app") with { Id = PersonId.Parse("owner") }, Agents, Now).Has(record));
        record["agent"] = QueryLedger.Helper;
        Assert.True(ReaderScope.Of(Person("app") with { Id = PersonId.Parse("owner") }, Agents, Now).Has(record));
        Assert.False(ReaderScope.Of(Person("app") with { Id = PersonId.Parse("owner") }, Agents, Now.AddDays(91)).Has(record));
        Assert.True(ReaderScope.Of(Person("compliance"), Agents, Now.AddDays(91)).Has(record));
    }

    private static Person Person(params string[] capabilities) =>
        new(PersonId.Parse("someone"), "Someone", [.. capabilities.Select(word => Enum.Parse<PersonCapability>(word, ignoreCase: true))]);

    private static IEnumerable<Agent> Agents =>
    [
        new()
        {
            Id = AgentId.Parse(QueryLedger.Helper), Organization = OrganizationId.Parse("default"), Name = "helper", Team = TeamId.Parse("billing"),
            Owner = PersonId.Parse("owner"), BackupOwner = PersonId.Parse("backup"), Version = "1", Environment = "production",
        },
    ];
}
