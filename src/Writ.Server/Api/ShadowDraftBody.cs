namespace Writ.Server.Api;

/// <summary>The draft that a shadow agent is to become.</summary>
internal sealed record ShadowDraftBody(string Name, string Environment = "development", string? Team = null, string? Owner = null);
