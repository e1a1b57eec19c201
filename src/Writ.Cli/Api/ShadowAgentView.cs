namespace Writ.Cli.Api;

/// <summary>Somebody who knocked and is not known.</summary>
internal sealed record ShadowAgentView(
    string Id, string Credential, string Address, IReadOnlyList<string> Tried, DateTimeOffset LastSeen, long Count, string? Client = null, string? KeyId = null, string? Draft = null);
