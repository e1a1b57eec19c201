namespace Writ.Cli.Api;

internal sealed record TokenView(string Id, string? Label, IReadOnlyList<string>? Capabilities, bool ReadOnly, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
