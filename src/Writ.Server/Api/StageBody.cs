using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>What of an agent's grants stays; all else begins to leave.</summary>
/// <param name="Keep"><c>server/tool</c> or <c>server/*</c>, each the agent's own or part of one.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record StageBody(ImmutableArray<string> Keep, string Reason);
