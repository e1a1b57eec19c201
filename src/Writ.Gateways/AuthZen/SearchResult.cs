namespace Writ.Gateways.AuthZen;

/// <summary>A subject or resource (type and id), or an action (name).</summary>
internal sealed record SearchResult(string? Type, string? Id, string? Name);
