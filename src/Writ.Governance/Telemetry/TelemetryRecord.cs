using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Tasks;

namespace Writ.Governance.Telemetry;

/// <summary>
/// The leaf that a reported span leaves. What Writ knows stands in members of their own: who sent it, its task, what permitted it. The ids of the
/// trace and everything called <c>claimed_…</c> is what the sender says; the words it says it in are sealed.
/// </summary>
internal readonly struct TelemetryRecord
{
    /// <summary>The format written today.</summary>
    public const int Format = 1;

    public required Guid Id { get; init; }

    public required OrganizationId Organization { get; init; }

    public required AgentId Agent { get; init; }

    /// <summary>The key id that it was sent with.</summary>
    public required string Credential { get; init; }

    public required TaskStanding Task { get; init; }

    /// <summary>What permitted it, where it is the use of a tool and there is something.</summary>
    public required DecisionId? Decision { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ReportedSpan Span { get; init; }

    public required SpanMeaning Meaning { get; init; }

    public required SealedRecord Payload { get; init; }

    public void WriteTo(JcsWriter writer)
    {
        writer.BeginObject();
        writer.Member("agent"u8, Agent.Value);
        writer.Member("at"u8, Timestamp.ToMicroseconds(At));
        writer.Member("claimed_ended"u8, Span.Ended);
        Optional(writer, "claimed_error"u8, Meaning.Error);
        if (Meaning.InputTokens is { } input)
            writer.Member("claimed_input_tokens"u8, input);
        Optional(writer, "claimed_model"u8, Meaning.Model);
        writer.Member("claimed_operation"u8, Meaning.Operation);
        if (Meaning.OutputTokens is { } output)
            writer.Member("claimed_output_tokens"u8, output);
        Optional(writer, "claimed_provider"u8, Meaning.Provider);
        writer.Member("claimed_started"u8, Span.Started);
        writer.Member("claimed_status"u8, Span.Status switch { ReportedStatus.Ok => "ok", ReportedStatus.Error => "error", _ => "unset" });
        Optional(writer, "claimed_tool"u8, Meaning.Tool);
        writer.Member("commitment"u8, Payload.Commitment.Hash);
        writer.Member("credential"u8, Credential);
        if (Decision is { } decision)
            writer.Member("decision"u8, decision.Value);
        writer.Member("id"u8, Id);
        writer.Member("kind"u8, "telemetry");
        writer.Member("organization"u8, Organization.ToString());
        if (Meaning.IsTool)
            writer.Member("permit"u8, Decision is null ? "missing" : "found");
        writer.Key("span"u8);
        writer.Text(Span.Span, "x16");
        if (Span.Parent is { } parent)
        {
            writer.Key("span_parent"u8);
            writer.Text(parent, "x16");
        }

        writer.Member("subject"u8, Payload.Subject.Word);
        writer.Member("task"u8, Task.Id.Value);
        writer.Member("task_root"u8, Task.Root.Value);
        writer.Key("trace"u8);
        writer.Text(Span.Trace, "x32");
        writer.Member("v"u8, Format);
        writer.EndObject();
    }

    private static void Optional(JcsWriter writer, ReadOnlySpan<byte> key, string? value)
    {
        if (value is not null)
            writer.Member(key, value);
    }
}
