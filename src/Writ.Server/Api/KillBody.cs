namespace Writ.Server.Api;

/// <summary>A kill to be ordered.</summary>
/// <param name="Scope">What stops: <c>everything</c>, <c>agent/ID</c>, <c>version/ID/VERSION</c>, <c>team/SLUG</c>, <c>server/SLUG</c>,
/// <c>tool/SERVER/NAME</c> or <c>model/NAME</c>. An agent may be named by its name too.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="DetectedAt">When what it is ordered for was noticed; not in the future.</param>
internal sealed record KillBody(string Scope, string Reason, DateTimeOffset? DetectedAt = null);
