using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Writ.Server.Api;

internal sealed record DecisionList(ImmutableArray<JsonObject> Decisions);
