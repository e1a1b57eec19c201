using System.Buffers;
using System.Text.Json;
using Writ.Governance.Decisions;

namespace Writ.Governance.Replay;

/// <summary>Decides the traces of a block, one after the other, and writes their lines. Thread safe.</summary>
internal sealed class BlockDecider(ReplayWorld world, bool timed)
{
    // Timings are of this machine and go into a file of their own; no decision ever sees this clock.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Decisions = JsonEncodedText.Encode("d");
    private static readonly JsonEncodedText Microseconds = JsonEncodedText.Encode("us");

    public async Task<DecidedBlock> DecideAsync(TraceBlock block)
    {
        var decisions = new ArrayBufferWriter<byte>((block.Lines.Length / 4) + 256);
        var timings = new ArrayBufferWriter<byte>();
        var tally = new ReplayTally();
        using var writer = new Utf8JsonWriter(decisions);
        using var timer = new Utf8JsonWriter(timings);
        var number = block.FirstLine;
        for (var rest = block.Lines; !rest.IsEmpty; number++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            if (TraceLine.Read(line, out var problem) is not { } trace)
                return new DecidedBlock(decisions.WrittenMemory, timings.WrittenMemory, tally, new TraceProblem(block.File, number, problem));
            await WriteAsync(trace, writer, timed ? timer : null, tally);
            EndLine(writer, decisions);
            if (timed)
                EndLine(timer, timings);
        }

        return new DecidedBlock(decisions.WrittenMemory, timings.WrittenMemory, tally, null);
    }

    private async ValueTask WriteAsync(RecordedTrace trace, Utf8JsonWriter writer, Utf8JsonWriter? timer, ReplayTally tally)
    {
        tally.CountTrace();
        Begin(writer, trace, Decisions);
        if (timer is not null)
            Begin(timer, trace, Microseconds);
        foreach (var call in trace.Calls)
        {
            var started = timer is null ? 0 : Clock.GetTimestamp();
            var decided = await world.DecideAsync(trace.Suite, call);
            timer?.WriteNumberValue(Math.Round(Clock.GetElapsedTime(started).TotalMicroseconds, 1));
            writer.WriteStringValue(Word(decided.Outcome));
            tally.Count(decided);
        }

        End(writer);
        if (timer is not null)
            End(timer);
    }

    private static void Begin(Utf8JsonWriter writer, RecordedTrace trace, JsonEncodedText list)
    {
        writer.WriteStartObject();
        writer.WriteString(Id, trace.Id);
        writer.WriteStartArray(list);
    }

    private static void End(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> lines)
    {
        writer.Flush();
        writer.Reset();
        lines.Write("\n"u8);
    }

    /// <summary>The words of the scorer.</summary>
    private static ReadOnlySpan<byte> Word(Outcome outcome) => outcome switch
    {
        Outcome.Allow => "allow"u8,
        Outcome.AllowWithConstraints => "constrain"u8,
        Outcome.RequireApproval => "approve"u8,
        Outcome.Remediate => "remediate"u8,
        _ => "deny"u8,
    };
}
