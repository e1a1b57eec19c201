using System.Text.Json;

namespace Writ.Gateways.Otlp;

/// <summary>
/// What decisions and effects look like as spans. Only what stands in records is in them: ids, words of Writ's own and commitments, never what an agent
/// or a server wrote. A record always gives the same span, so that one which is sent twice is one.
/// </summary>
internal static class RecordSpans
{
    /// <summary>The span of a decision: the gates, as a guardrail that was applied.</summary>
    public static SpanWriter OfDecision(JsonElement record, string origin, ulong index)
    {
        var id = record.GetProperty("id").GetGuid();
        var at = record.GetProperty("at").GetInt64();
        var tool = Tool(record);
        var span = new SpanWriter(
            TraceOf(record), SpanWriter.IdOf(id), record.TryGetProperty("span", out var parent) ? Convert.FromHexString(parent.GetString()!) : [],
            $"apply_guardrail {tool}", at, at + record.GetProperty("us").GetInt64());
        span.Text("gen_ai.operation.name", "apply_guardrail");
        span.Text("openinference.span.kind", "GUARDRAIL");
        span.Text("langfuse.observation.type", "guardrail");
        WriteCall(span, record);
        span.Text("writ.decision.id", id.ToString("D"));
        span.Member("writ.decision.outcome", record, "outcome");
        span.Member("writ.decision.code", record, "code");
        span.Member("writ.decision.rules", record, "rules");
        span.Member("writ.decision.snapshot", record, "snapshot");
        span.Member("writ.decision.constraints", record, "constraints");
        span.Member("writ.decision.commitment", record, "commitment");
        WritePlace(span, origin, index);
        return span;
    }

    /// <summary>The span of an effect: the use of the tool, below its decision.</summary>
    /// <param name="record">The effect.</param>
    /// <param name="decision">Its decision.</param>
    /// <param name="origin">The log they lie in.</param>
    /// <param name="index">Where the effect lies.</param>
    public static SpanWriter OfEffect(JsonElement record, JsonElement decision, string origin, ulong index)
    {
        var at = record.GetProperty("at").GetInt64();
        var decided = decision.GetProperty("id").GetGuid();
        var span = new SpanWriter(
            TraceOf(decision), SpanWriter.IdOf(record.GetProperty("id").GetGuid()), SpanWriter.IdOf(decided), $"execute_tool {Tool(decision)}", at - record.GetProperty("us").GetInt64(), at);
        span.Text("gen_ai.operation.name", "execute_tool");
        span.Text("openinference.span.kind", "TOOL");
        span.Text("langfuse.observation.type", "tool");
        WriteCall(span, decision);
        span.Text("writ.decision.id", decided.ToString("D"));
        span.Member("writ.effect.status", record, "status");
        span.Member("writ.effect.class", record, "effect");
        span.Member("writ.effect.upstream_us", record, "upstream_us");
        span.Member("writ.effect.commitment", record, "commitment");
        WritePlace(span, origin, index);
        var status = record.GetProperty("status").GetString()!;
        if (status != "executed")
        {
            var word = record.TryGetProperty("error", out var error) ? error.GetString()! : status;
            span.Text("error.type", word);
            span.Fail(word);
        }

        return span;
    }

    /// <summary>The caller's trace where it named one; else one of the decision's own.</summary>
    private static byte[] TraceOf(JsonElement decision) => decision.TryGetProperty("trace", out var trace)
        ? Convert.FromHexString(trace.GetString()!)
        : decision.GetProperty("id").GetGuid().ToByteArray(bigEndian: true);

    private static void WriteCall(SpanWriter span, JsonElement decision)
    {
        span.Member("gen_ai.agent.id", decision, "agent");
        span.Member("gen_ai.agent.version", decision, "agent_version");
        span.Member("gen_ai.request.model", decision, "model");
        span.Member("gen_ai.tool.name", decision, "tool");
        span.Member("writ.action", decision, "action");
        span.Member("writ.task.id", decision, "task");
        span.Member("writ.task.root", decision, "task_root");
    }

    private static void WritePlace(SpanWriter span, string origin, ulong index)
    {
        span.Text("writ.ledger.log", origin);
        span.Number("writ.ledger.index", (long)index);
    }

    private static string Tool(JsonElement decision) => decision.TryGetProperty("tool", out var tool) ? tool.GetString()! : "unknown";
}
