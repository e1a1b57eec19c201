using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Testing;

/// <summary>A server of a <see cref="TrialWorld"/>: the tools as it would show them, and what people confirmed about each.</summary>
/// <param name="Slug">Its name.</param>
/// <param name="Definitions">Its tools, as <c>tools/list</c> has them.</param>
/// <param name="Classifications">The classes, by tool name. A tool without one is quarantined, as everywhere.</param>
public sealed record TrialServer(
    ServerSlug Slug, ImmutableArray<JsonElement> Definitions, ImmutableSortedDictionary<string, ToolClassification> Classifications);
