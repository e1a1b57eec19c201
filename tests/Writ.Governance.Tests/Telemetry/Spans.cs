using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Governance.Telemetry;

namespace Writ.Governance.Tests.Telemetry;

/// <summary>Short ways to make spans.</summary>
internal static class Spans
{
    public const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    public static ReportedSpan Of(string trace, ulong span, params (string Name, string Value)[] attributes) => new()
    {
        Trace = UInt128.Parse(trace, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        Span = span,
        Name = "a span",
        Started = 1_767_323_045_000_000,
        Ended = 1_767_323_046_000_000,
        Attributes = new JsonObject(attributes.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)JsonValue.Create(a.Value)))),
        Resource = [],
    };

    /// <summary>A span that says it used a tool.</summary>
    public static ReportedSpan Tool(string tool, ulong span, string trace = Trace) => Of(trace, span, ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", tool));

    public static ReportedSpan With(this ReportedSpan span, string name, JsonNode value)
    {
        var attributes = span.Attributes.DeepClone().AsObject();
        attributes[name] = value;
        return span with { Attributes = attributes };
    }
}
