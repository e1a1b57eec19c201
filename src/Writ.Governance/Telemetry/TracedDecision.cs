using Writ.Governance.Decisions;
using Writ.Governance.Tasks;

namespace Writ.Governance.Telemetry;

/// <summary>A recorded decision whose call said which span it came from.</summary>
/// <param name="Trace">The trace of its agent.</param>
/// <param name="Span">The span that the caller was in.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Task">Its task.</param>
/// <param name="Server">The server of the tool; null where there is no such tool.</param>
/// <param name="Tool">The tool; null where there is no such tool.</param>
/// <param name="Permits">Whether it permitted the call.</param>
internal sealed record TracedDecision(TraceKey Trace, ulong Span, DecisionId Decision, TaskId Task, string? Server, string? Tool, bool Permits)
{
    /// <summary>The tool span that was linked to it; null while none was. A permission covers one use.</summary>
    public ulong? TakenBy { get; set; }

    /// <summary>Whether it is about the tool that a span names: as the server has it, or with the server's name before it as doors offer it.</summary>
    public bool IsOf(string tool) =>
        Tool is not null && (tool == Tool || tool == $"{Server}__{Tool}" || tool == $"{Server}/{Tool}" || tool == $"{Server}.{Tool}");
}
