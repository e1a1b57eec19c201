using System.Text;
using System.Text.Json.Nodes;
using Writ.Governance.Feeds.Formats;
using Writ.Testing;

namespace Writ.Governance.Tests.Feeds.Formats;

public sealed class OutgoingTextTests
{
    [Fact]
    public async Task Cloudevents_of_every_kind_of_record_are_parsed_and_valid_for_the_sdk_of_others()
    {
        var batch = Samples.Batch(Samples.All());
        var answer = await AskCloudEventsAsync(Encoding.UTF8.GetString(OutgoingText.Batch(FeedFormat.CloudEvents, batch).Span));
        Assert.StartsWith("ok writ.example/default/decisions#40:dev.writ.decision writ.example/default/decisions#41:dev.writ.decision", answer);
        Assert.Contains("#60:dev.writ.control.team.created", answer);
        Assert.Equal(batch.Records.Length, answer.Split(' ').Length - 1);
    }

    [Fact]
    public async Task The_sdk_refuses_an_event_without_an_id_or_with_a_time_that_is_none()
    {
        var events = JsonNode.Parse(OutgoingText.Batch(FeedFormat.CloudEvents, Samples.Batch(Samples.Heartbeat())).Span)!.AsArray();
        events[0]!.AsObject().Remove("id");
        events[0]!["time"] = "yesterday";
        Assert.DoesNotContain("ok ", await AskCloudEventsAsync(events.ToJsonString()));
    }

    [Fact]
    public void A_cloudevent_names_log_index_time_and_agent_and_carries_the_record_byte_for_byte()
    {
        var record = Samples.Decision("DENY");
        var text = Encoding.UTF8.GetString(OutgoingText.Batch(FeedFormat.CloudEvents, Samples.Batch(record)).Span);
        Assert.Equal(
            "[{\"specversion\":\"1.0\",\"id\":\"40\",\"source\":\"writ.example/default/decisions\",\"type\":\"dev.writ.decision\",\"time\":\"2026-01-02T03:04:05.678901Z\","
            + "\"subject\":\"agent/019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21\",\"datacontenttype\":\"application/json\",\"sequence\":\"00000000000000000040\","
            + "\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00\",\"data\":" + Encoding.UTF8.GetString(record) + "}]",
            text);
        Assert.Equal(text, Encoding.UTF8.GetString(OutgoingText.Batch(FeedFormat.CloudEvents, Samples.Batch(record)).Span));
    }

    [Fact]
    public async Task Ocsf_events_of_every_kind_of_record_are_valid_by_the_schema_of_1_8_0()
    {
        Assert.All(Samples.All(), record => Assert.Null(RecordOracle.Ask(record)));
        var events = Ocsf(Samples.All());
        Assert.Equal("ok", await AskOcsfAsync(events));
    }

    [Theory]
    [InlineData("severity_id", "12")]
    [InlineData("severity", "\"Fatal\"")]
    [InlineData("type_uid", "600301")]
    [InlineData("class_uid", "6002")]
    [InlineData("actor", "{}")]
    [InlineData("src_endpoint", "{}")]
    [InlineData("agent", "\"a member that the class does not have\"")]
    [InlineData("api", "{\"service\":{\"name\":\"desk\"}}")]
    [InlineData("time", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("metadata", "{\"version\":\"1.8.0\",\"product\":{\"name\":\"Writ\"},\"profiles\":[]}")]
    public async Task An_ocsf_event_with_one_member_wrong_is_refused_by_that_schema(string member, string value)
    {
        var events = Ocsf(Samples.Decision("DENY"));
        events[0]![member] = JsonNode.Parse(value);
        Assert.NotEqual("ok", await AskOcsfAsync(events));
    }

    [Theory]
    [InlineData("ALLOW", 1, 1, 1, 1)]
    [InlineData("ALLOW_WITH_CONSTRAINTS", 1, 1, 1, 1)]
    [InlineData("DENY", 3, 2, 2, 2)]
    [InlineData("REMEDIATE", 2, 2, 2, 2)]
    [InlineData("REQUIRE_APPROVAL", 2, 99, 99, 14)]
    [InlineData("SOMETHING_NEW", 3, 2, 2, 2)]
    public void An_outcome_has_its_severity_status_action_and_disposition(string outcome, int severity, int status, int action, int disposition)
    {
        var told = Ocsf(Samples.Decision(outcome))[0]!;
        Assert.Equal((severity, status, action, disposition), (Number("severity_id"), Number("status_id"), Number("action_id"), Number("disposition_id")));

        int Number(string member) => told[member]!.GetValue<int>();
    }

    [Fact]
    public void An_ocsf_event_carries_the_record_so_that_its_leaf_can_be_computed_where_it_ends_up()
    {
        var record = Samples.Decision("DENY", detail: "“ü” \u0001 </script>");
        var told = Ocsf(record)[0]!;
        Assert.Equal(record, Encoding.UTF8.GetBytes(told["raw_data"]!.GetValue<string>()));
        Assert.Equal(record.Length, told["raw_data_size"]!.GetValue<int>());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(record)), told["raw_data_hash"]!["value"]!.GetValue<string>());
        Assert.Equal("writ.example/default/decisions#40", told["metadata"]!["uid"]!.GetValue<string>());
        Assert.Equal(("anthropic", "claude-5"), (told["ai_model"]!["ai_provider"]!.GetValue<string>(), told["ai_model"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void The_record_format_is_log_index_and_record()
    {
        var record = Samples.Heartbeat();
        Assert.Equal(
            "[{\"log\":\"writ.example/default/decisions\",\"index\":40,\"record\":" + Encoding.UTF8.GetString(record) + "}]",
            Encoding.UTF8.GetString(OutgoingText.Batch(FeedFormat.Record, Samples.Batch(record)).Span));
    }

    private static JsonArray Ocsf(params byte[][] records) => JsonNode.Parse(OutgoingText.Batch(FeedFormat.Ocsf, Samples.Batch(records)).Span)!.AsArray();

    private static Task<string> AskOcsfAsync(JsonArray events) => FeedOracle.AskAsync(new JsonObject { ["as"] = "ocsf", ["events"] = events }, TestContext.Current.CancellationToken);

    private static Task<string> AskCloudEventsAsync(string body) => FeedOracle.AskAsync(new JsonObject
    {
        ["as"] = "cloudevents",
        ["headers"] = new JsonObject { ["content-type"] = OutgoingText.MediaType(FeedFormat.CloudEvents) },
        ["body"] = body,
    }, TestContext.Current.CancellationToken);
}
