using System.Text.Json.Nodes;
using Writ.Governance.Telemetry;

namespace Writ.Governance.Tests.Telemetry;

/// <summary>What spans of several vocabularies say, in one form.</summary>
public sealed class SpanVocabularyTests
{
    [Theory]
    // OpenTelemetry GenAI, today and up to 1.36
    [InlineData("""{"gen_ai.operation.name":"chat","gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o","gen_ai.response.model":"gpt-4o-2024-08-06","gen_ai.usage.input_tokens":7,"gen_ai.usage.output_tokens":9}""", "chat openai gpt-4o-2024-08-06 - 7 9")]
    [InlineData("""{"gen_ai.operation.name":"chat","gen_ai.system":"anthropic","gen_ai.request.model":"claude-x","gen_ai.usage.prompt_tokens":7,"gen_ai.usage.completion_tokens":9}""", "chat anthropic claude-x - 7 9")]
    [InlineData("""{"gen_ai.operation.name":"execute_tool","gen_ai.tool.name":"refund"}""", "execute_tool - - refund - -")]
    [InlineData("""{"gen_ai.operation.name":"invoke_agent"}""", "invoke_agent - - - - -")]
    [InlineData("""{"gen_ai.operation.name":"upsert_memory"}""", "memory - - - - -")]
    // OpenInference
    [InlineData("""{"openinference.span.kind":"LLM","llm.model_name":"gpt-4o","llm.provider":"azure","llm.token_count.prompt":7,"llm.token_count.completion":9}""", "chat azure gpt-4o - 7 9")]
    [InlineData("""{"openinference.span.kind":"TOOL","tool.name":"refund"}""", "execute_tool - - refund - -")]
    [InlineData("""{"openinference.span.kind":"GUARDRAIL"}""", "apply_guardrail - - - - -")]
    [InlineData("""{"openinference.span.kind":"EMBEDDING","embedding.model_name":"e-3"}""", "embeddings - e-3 - - -")]
    // Traceloop
    [InlineData("""{"traceloop.span.kind":"tool","traceloop.entity.name":"refund"}""", "execute_tool - - refund - -")]
    [InlineData("""{"llm.request.type":"chat","gen_ai.system":"OpenAI","gen_ai.request.model":"gpt-4o"}""", "chat OpenAI gpt-4o - - -")]
    // MCP
    [InlineData("""{"mcp.method.name":"tools/call","gen_ai.tool.name":"refund"}""", "execute_tool - - refund - -")]
    // Nobody's
    [InlineData("""{"gen_ai.tool.name":"refund"}""", "execute_tool - - refund - -")]
    [InlineData("""{"http.request.method":"GET"}""", "other - - - - -")]
    [InlineData("""{"gen_ai.operation.name":"transfer_all"}""", "other - - - - -")]
    // What is no name, no number or too much says nothing
    [InlineData("""{"gen_ai.operation.name":"chat","gen_ai.request.model":"ask jane@example.com","gen_ai.system":"a b","error.type":"no \n"}""", "chat - - - - -")]
    [InlineData("""{"gen_ai.operation.name":"execute_tool","gen_ai.tool.name":7,"gen_ai.usage.input_tokens":-1,"gen_ai.usage.output_tokens":"9"}""", "execute_tool - - - - -")]
    [InlineData("""{"gen_ai.operation.name":"chat","gen_ai.usage.input_tokens":9223372036854775807}""", "chat - - - - -")]
    public void A_span_is_read_by_whichever_vocabulary_it_uses(string attributes, string expected)
    {
        var read = SpanVocabulary.Read(Spans.Of(Spans.Trace, 1) with { Attributes = JsonNode.Parse(attributes)!.AsObject() });
        Assert.Equal(expected, $"{read.Operation} {read.Provider ?? "-"} {read.Model ?? "-"} {read.Tool ?? "-"} {read.InputTokens?.ToString() ?? "-"} {read.OutputTokens?.ToString() ?? "-"}");
        Assert.Equal(read.Operation == "execute_tool", read.IsTool);
        Assert.Null(read.Error);
        Assert.Contains(read.Operation, SpanVocabulary.OperationWords);
    }

    [Fact]
    public void A_tool_may_be_named_by_the_span_as_the_conventions_name_it() =>
        Assert.Equal("refund", SpanVocabulary.Read(Spans.Of(Spans.Trace, 1, ("gen_ai.operation.name", "execute_tool")) with { Name = "execute_tool refund" }).Tool);

    [Theory]
    [InlineData("gen_ai.input.messages", "gen_ai.output.messages")]
    [InlineData("gen_ai.prompt", "gen_ai.completion")]
    [InlineData("input.value", "output.value")]
    [InlineData("traceloop.entity.input", "traceloop.entity.output")]
    public void What_went_in_and_came_out_is_found_under_every_name(string input, string output)
    {
        var span = Spans.Of(Spans.Trace, 1, (input, "question"), (output, "answer"));
        Assert.Equal((input, output), (SpanVocabulary.InputOf(span), SpanVocabulary.OutputOf(span)));
    }
}
