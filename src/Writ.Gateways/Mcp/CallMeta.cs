using System.Text.Json;
using Writ.Governance.Decisions;

namespace Writ.Gateways.Mcp;

/// <summary>
/// What Writ itself reads of a call's <c>_meta</c>: where the call stands in a trace, and what the agent says about it. Recorded, never
/// forwarded but for the trace, and no reason to permit anything: to be another version than is deployed is one to refuse.
/// </summary>
internal static class CallMeta
{
    private const string Confidence = "writ.dev/confidence";
    private const string Rationale = "writ.dev/rationale";
    private const string Version = "writ.dev/agent-version";

    /// <summary>The trace that a call names in <c>_meta</c>, else in its HTTP headers.</summary>
    public static TraceParent? Trace(JsonElement parameters, string? header) =>
        Find(parameters, "traceparent") is { ValueKind: JsonValueKind.String } parent ? TraceParent.Read(parent.GetString()) : TraceParent.Read(header);

    /// <summary>What is wrong with what the agent says about its call, or null; <paramref name="report"/> is null where it says nothing.</summary>
    public static string? ReadReport(JsonElement parameters, out SelfReport? report)
    {
        report = null;
        int? permille = null;
        if (Find(parameters, Confidence) is { } confidence)
        {
            if (confidence.ValueKind != JsonValueKind.Number || !confidence.TryGetDecimal(out var share) || share is < 0 or > 1)
                return $"params._meta[\"{Confidence}\"] is a number from 0 to 1";
            permille = (int)(share * 1000);
        }

        string? text = null;
        if (Find(parameters, Rationale) is { } rationale)
        {
            if (rationale.ValueKind != JsonValueKind.String || rationale.GetString() is not { Length: > 0 and <= SelfReport.MaxRationale } said)
                return $"params._meta[\"{Rationale}\"] is a text of 1 to {SelfReport.MaxRationale} characters";
            text = said;
        }

        if (permille is not null || text is not null)
            report = new SelfReport(permille, text);
        return null;
    }

    /// <summary>What is wrong with the version that the agent says it is, or null; <paramref name="version"/> is null where it says none.</summary>
    public static string? ReadVersion(JsonElement parameters, out string? version)
    {
        version = null;
        if (Find(parameters, Version) is not { } claimed)
            return null;
        version = claimed.ValueKind == JsonValueKind.String ? claimed.GetString() : null;
        return version is { Length: > 0 and <= Claims.MaxLength } ? null : $"params._meta[\"{Version}\"] is a text of 1 to {Claims.MaxLength} characters";
    }

    private static JsonElement? Find(JsonElement parameters, string name) =>
        parameters.TryGetProperty("_meta"u8, out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty(name, out var value) ? value : null;
}
