namespace Writ.Server.Api;

/// <summary>The copy that somebody makes of an agent: it is theirs.</summary>
internal sealed record CloneBody(string Name, string Environment = "development", string? Team = null);
