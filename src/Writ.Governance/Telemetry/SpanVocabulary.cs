using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Writ.Governance.Telemetry;

/// <summary>
/// Reads what a span says by whichever vocabulary it uses: the OpenTelemetry GenAI conventions of today and up to 1.36, OpenInference,
/// Traceloop, MCP. The first name that is there counts, newer names before older.
/// </summary>
internal static class SpanVocabulary
{
    private const string ExecuteTool = "execute_tool";
    private const string Other = "other";

    private static readonly string[] Model = ["gen_ai.response.model", "gen_ai.request.model", "llm.model_name", "embedding.model_name", "reranker.model_name"];
    private static readonly string[] Provider = ["gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system"];
    private static readonly string[] Tool = ["gen_ai.tool.name", "tool.name", "tool_call.function.name", "mcp.tool.name"];
    private static readonly string[] Error = ["error.type", "exception.type"];
    private static readonly string[] InputTokens = ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt"];
    private static readonly string[] OutputTokens = ["gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion"];
    private static readonly string[] Input = ["gen_ai.input.messages", "gen_ai.prompt", "gen_ai.tool.call.arguments", "input.value", "traceloop.entity.input"];
    private static readonly string[] Output = ["gen_ai.output.messages", "gen_ai.completion", "gen_ai.tool.call.result", "output.value", "traceloop.entity.output"];

    /// <summary>The words that stand in records, by every word that senders use for them.</summary>
    private static readonly FrozenDictionary<string, string> Operations = new Dictionary<string, string>
    {
        ["chat"] = "chat", ["generate_content"] = "generate_content", ["text_completion"] = "text_completion", ["embeddings"] = "embeddings",
        ["retrieval"] = "retrieval", ["create_agent"] = "create_agent", ["invoke_agent"] = "invoke_agent", ["invoke_workflow"] = "invoke_workflow",
        [ExecuteTool] = ExecuteTool, ["plan"] = "plan", ["apply_guardrail"] = "apply_guardrail",
        ["create_memory"] = "memory", ["search_memory"] = "memory", ["update_memory"] = "memory", ["upsert_memory"] = "memory", ["delete_memory"] = "memory",
        // OpenInference, and Traceloop, whose words differ in case alone or not at all.
        ["llm"] = "chat", ["tool"] = ExecuteTool, ["agent"] = "invoke_agent", ["chain"] = "invoke_workflow", ["workflow"] = "invoke_workflow",
        ["retriever"] = "retrieval", ["embedding"] = "embeddings", ["reranker"] = "rerank", ["guardrail"] = "apply_guardrail", ["evaluator"] = "evaluate",
        ["completion"] = "text_completion", ["rerank"] = "rerank", ["embed"] = "embeddings",
        // MCP.
        ["tools/call"] = ExecuteTool,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Operation =
        ["gen_ai.operation.name", "openinference.span.kind", "traceloop.span.kind", "llm.request.type", "mcp.method.name"];

    /// <summary>Every word that can stand for an operation in a record.</summary>
    public static IEnumerable<string> OperationWords => Operations.Values.Append(Other).Distinct();

    public static SpanMeaning Read(ReportedSpan span)
    {
        var operation = Operation.Select(name => Text(span, name)).Select(word => word is null ? null : Operations.GetValueOrDefault(word)).FirstOrDefault(word => word is not null)
            ?? (First(span, Tool) is null ? Other : ExecuteTool);
        return new SpanMeaning
        {
            Operation = operation,
            IsTool = operation == ExecuteTool,
            Model = Name(First(span, Model)),
            Provider = Name(First(span, Provider)),
            Tool = operation == ExecuteTool ? Name(First(span, Tool) ?? Text(span, "traceloop.entity.name") ?? ToolInName(span.Name)) : null,
            Error = Name(First(span, Error)),
            InputTokens = Count(span, InputTokens),
            OutputTokens = Count(span, OutputTokens),
        };
    }

    /// <summary>The attribute that says what went in; null where none does.</summary>
    public static string? InputOf(ReportedSpan span) => Input.FirstOrDefault(name => span.Attributes[name] is not null);

    /// <summary>The attribute that says what came out; null where none does.</summary>
    public static string? OutputOf(ReportedSpan span) => Output.FirstOrDefault(name => span.Attributes[name] is not null);

    /// <summary>
    /// A text that looks like the name of something. Anything else, a sentence or an address above all, may be about a person and stands in no
    /// record; it is in the payload.
    /// </summary>
    private static string? Name(string? text) =>
        text is { Length: > 0 and <= SpanMeaning.MaxName } && char.IsAsciiLetterOrDigit(text[0])
        && text.AsSpan().IndexOfAnyExcept(SpanMeaning.NameCharacters) < 0 ? text : null;

    private static string? First(ReportedSpan span, string[] names) => names.Select(name => Text(span, name)).FirstOrDefault(text => text is { Length: > 0 });

    private static string? Text(ReportedSpan span, string name) =>
        span.Attributes[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The GenAI conventions name such a span <c>execute_tool NAME</c>.</summary>
    private static string? ToolInName(string name) => name.StartsWith(ExecuteTool + " ", StringComparison.Ordinal) ? name[(ExecuteTool.Length + 1)..] : null;

    private static long? Count(ReportedSpan span, string[] names)
    {
        foreach (var name in names)
        {
            if (span.Attributes[name] is JsonValue value && value.TryGetValue<long>(out var count) && count is >= 0 and <= SpanMeaning.MostTokens)
                return count;
        }

        return null;
    }
}
