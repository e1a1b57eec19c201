using System.Text.Json.Nodes;

namespace Writ.Governance.Telemetry;

/// <summary>Something that a span says happened in it.</summary>
/// <param name="Name">What.</param>
/// <param name="At">When, in microseconds since 1970-01-01 UTC.</param>
/// <param name="Attributes">More of it.</param>
public sealed record ReportedEvent(string Name, long At, JsonObject Attributes);
