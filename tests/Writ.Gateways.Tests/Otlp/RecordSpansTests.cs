using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Gateways.Otlp;
using Writ.Governance.Telemetry;

namespace Writ.Gateways.Tests.Otlp;

/// <summary>Records as spans, read back by the reader of spans.</summary>
public sealed class RecordSpansTests
{
    private const string Id = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public void A_decision_lies_in_the_trace_that_its_caller_named_below_the_callers_span()
    {
        var record = Decision();
        (record["trace"], record["span"]) = (Trace, "00f067aa0ba902b7");
        var span = Read(RecordSpans.OfDecision(Element(record), "log", 5));
        Assert.Equal((Trace, "9d5e3b1f0a6c4e21", "00f067aa0ba902b7"), (span.Trace.ToString("x32"), span.Span.ToString("x16"), span.Parent!.Value.ToString("x16")));
        Assert.Equal((1_000, 1_250), (span.Started, span.Ended));
    }

    [Fact]
    public void A_decision_without_a_trace_has_one_of_its_own()
    {
        var span = Read(RecordSpans.OfDecision(Element(Decision()), "log", 5));
        Assert.Equal((Id.Replace("-", "", StringComparison.Ordinal), null), (span.Trace.ToString("x32"), span.Parent));
    }

    [Fact]
    public void What_a_record_does_not_have_is_not_in_its_span_and_of_what_it_has_only_what_is_named()
    {
        var record = Decision();
        (record["detail"], record["claimed_confidence"]) = ("a sentence", 5);
        var span = Read(RecordSpans.OfDecision(Element(record), "log", 5));
        Assert.Equal("apply_guardrail unknown", span.Name);
        Assert.Equal(
            """{"gen_ai.operation.name":"apply_guardrail","openinference.span.kind":"GUARDRAIL","langfuse.observation.type":"guardrail","gen_ai.agent.id":"a","writ.decision.id":"019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21","writ.decision.outcome":"DENY","writ.decision.rules":["one","two"],"writ.ledger.log":"log","writ.ledger.index":5}""",
            span.Attributes.ToJsonString());
    }

    [Theory]
    [InlineData("executed", null, ReportedStatus.Unset, null)]
    [InlineData("failed", "upstream_error", ReportedStatus.Error, "upstream_error")]
    [InlineData("unknown", null, ReportedStatus.Error, "unknown")]
    public void An_effect_lies_below_its_decision_and_says_where_it_was_not_executed(string status, string? error, ReportedStatus expected, string? word)
    {
        var effect = new JsonObject { ["at"] = 9_000, ["decision"] = Id, ["effect"] = "read", ["id"] = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e22", ["kind"] = "effect", ["status"] = status, ["us"] = 400 };
        if (error is not null)
            effect["error"] = error;
        var span = Read(RecordSpans.OfEffect(Element(effect), Element(Decision()), "log", 6));
        Assert.Equal(("9d5e3b1f0a6c4e22", "9d5e3b1f0a6c4e21", 8_600, 9_000), (span.Span.ToString("x16"), span.Parent!.Value.ToString("x16"), span.Started, span.Ended));
        Assert.Equal((expected, word, word), (span.Status, span.StatusMessage, span.Attributes["error.type"]?.GetValue<string>()));
        Assert.Equal("a", span.Attributes["gen_ai.agent.id"]!.GetValue<string>());
    }

    private static JsonObject Decision() => new()
    {
        ["agent"] = "a", ["at"] = 1_000, ["id"] = Id, ["kind"] = "decision", ["outcome"] = "DENY", ["rules"] = new JsonArray("one", "two"), ["us"] = 250,
    };

    private static JsonElement Element(JsonObject record) => JsonSerializer.SerializeToElement(record);

    private static ReportedSpan Read(SpanWriter span)
    {
        var (scope, resource, request) = (new ProtobufWriter(), new ProtobufWriter(), new ProtobufWriter());
        scope.Bytes(2, span.Written);
        resource.Bytes(2, scope.Written);
        request.Bytes(1, resource.Written);
        return Assert.Single(OtlpProtobuf.Read(request.Written).Spans);
    }
}
