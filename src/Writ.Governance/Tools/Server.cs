using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Tools;

/// <summary>A set of tools behind one connection. Immutable.</summary>
public sealed record Server
{
    public required OrganizationId Organization { get; init; }

    public required ServerSlug Slug { get; init; }

    public required ServerConnection Connection { get; init; }

    /// <summary>Whether people vouch for what the server says about itself. Defaults to not.</summary>
    public bool Trusted { get; init; }

    /// <summary>What people confirmed, by tool name. A tool that is not named here is quarantined when it shows up.</summary>
    public ImmutableSortedDictionary<string, ToolClassification> Classifications { get; init; } =
        ImmutableSortedDictionary<string, ToolClassification>.Empty;

    /// <summary>The pinned tools by name. Not part of a record: they follow from the admissions.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, Tool> Tools { get; init; } = ImmutableSortedDictionary<string, Tool>.Empty;
}
