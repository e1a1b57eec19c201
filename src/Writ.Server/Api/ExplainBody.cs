using System.Text.Json;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>A what-if: nothing is decided, reserved or recorded.</summary>
internal sealed record ExplainBody
{
    public required AgentId Agent { get; init; }

    public required string Server { get; init; }

    public required string Tool { get; init; }

    public JsonElement? Arguments { get; init; }
}
