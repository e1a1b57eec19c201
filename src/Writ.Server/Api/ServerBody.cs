using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary>A server to be registered.</summary>
internal sealed record ServerBody
{
    public required string Slug { get; init; }

    public required ServerConnection Connection { get; init; }

    public bool Trusted { get; init; }

    public ImmutableSortedDictionary<string, ToolClassification> Tools { get; init; } = ImmutableSortedDictionary<string, ToolClassification>.Empty;

    /// <summary>The tool definitions of a declared server, which cannot be asked for them.</summary>
    public ImmutableArray<JsonElement> Definitions { get; init; } = [];
}
