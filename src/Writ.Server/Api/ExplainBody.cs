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

    /// <summary>A bundle that is not published: what if it were, in the place of the one of its name.</summary>
    public BundleBody? Bundle { get; init; }

    /// <summary>What if this were the end user; attested.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>What if this were the purpose; attested.</summary>
    public string? Purpose { get; init; }

    /// <summary>What if this were the workflow; attested.</summary>
    public string? Workflow { get; init; }

    /// <summary>What if it were this time; now, unless stated.</summary>
    public DateTimeOffset? Time { get; init; }
}
