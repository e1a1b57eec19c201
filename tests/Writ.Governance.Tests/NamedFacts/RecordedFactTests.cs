using System.Text;
using System.Text.Json;
using Writ.Crypto.Json;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;
using Writ.Governance.Replay;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>What was looked up once is decided with again as it was recorded.</summary>
public sealed class RecordedFactTests
{
    private const string Facts = """
        {"sources": [{"name": "order", "kind": "http", "url": "https://orders.example/{id}", "key": {"id": "order"}, "tools": ["shop/pay"],
          "members": {"value": "decimal at a.v", "created": "datetime", "items": "Long", "open": "Bool", "tags": "Set<String>", "owner": "String"}}]}
        """;

    private const string Policy = """permit (principal, action == Writ::Action::"tool/shop/pay", resource) when { context.facts.order.value.lessThan(decimal("500.0")) };""";

    [Theory]
    [InlineData("""{"a": {"v": 499.99}, "created": "2026-01-31T12:00:00.5Z", "items": 9223372036854775807, "open": true, "tags": ["b", "a"], "owner": "ü\u0000\""}""")]
    [InlineData("""{"a": {"v": "-922337203685477.5808"}, "created": "1969-12-31", "items": -9223372036854775808, "open": false, "tags": [], "owner": ""}""")]
    public void A_recorded_fact_reads_as_what_was_recorded(string answer)
    {
        var source = Source();
        var read = Assert.IsType<Cedar.Values.RecordValue>(source.Read(JsonElement.Parse(answer)));
        using var writer = new JcsWriter();
        FactSource.WriteTo(writer, read);
        Assert.Equal(read, source.ReadRecorded(JsonElement.Parse(writer.Written)));
        Assert.NotEqual(read, source.Read(JsonElement.Parse(writer.Written)));
    }

    [Theory]
    [InlineData("""{"order": {"value": "499.99", "created": "2026-01-01", "items": "1", "open": true, "tags": [], "owner": "x"}}""", Outcome.Allow)]
    [InlineData("""{"order": {"value": "500.0", "created": "2026-01-01", "items": "1", "open": true, "tags": [], "owner": "x"}}""", Outcome.Deny)]
    [InlineData("""{"order": {"value": "499.99"}}""", Outcome.Deny)]
    [InlineData("{}", Outcome.Deny)]
    [InlineData(null, Outcome.Deny)]
    public async Task A_replay_takes_the_recorded_facts_and_asks_nobody(string? recorded, Outcome expected)
    {
        const string Tools = """{"shop": [{"name": "pay", "effect": "money", "untrusted_source": false, "params": {"order": {"type": "str"}}}]}""";
        var making = ReplayWorld.Make(FactWorld.Bundle(Facts, Policy), Encoding.UTF8.GetBytes(Tools), DateTimeOffset.UnixEpoch, TimeProvider.System);
        var world = Assert.IsType<ReplayWorldMaking.Made>(making).World;
        var facts = recorded is null ? "" : $", \"k\": {recorded}";
        var trace = TraceLine.Read(Encoding.UTF8.GetBytes($$$"""{"id": "1", "suite": "shop", "calls": [{"f": "pay", "a": {"order": "A-1"}{{{facts}}}}]}"""), out _);
        Assert.Equal(expected, (await world.DecideAsync("shop", Assert.Single(trace!.Calls))).Outcome);
    }

    private static FactSource Source()
    {
        var problems = System.Collections.Immutable.ImmutableArray.CreateBuilder<PolicyProblem>();
        var declarations = FactDeclarations.Read(new BundleFile(FactFile.Name, Facts), problems);
        Assert.Empty(problems);
        return Assert.Single(declarations.Sources);
    }
}
