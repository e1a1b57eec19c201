using System.Collections.Immutable;

namespace Writ.Governance.Policies.Levels;

/// <summary>An area in which permits of a lower level count. It permits nothing itself.</summary>
public sealed record AreaDelegation
{
    /// <summary><c>team</c> or <c>agent</c>: every one of that level; <c>team/&lt;name&gt;</c> or <c>agent/&lt;id&gt;</c>: one.</summary>
    public required string To { get; init; }

    /// <summary>The area, in the names of Cedar actions: <c>tool/call</c>, <c>effect/&lt;class&gt;</c>, <c>server/&lt;slug&gt;</c>, <c>tool/&lt;server&gt;/&lt;tool&gt;</c>.</summary>
    public required ImmutableArray<string> Actions { get; init; }
}
