namespace Writ.Cli.Api;

/// <summary>A directory that says who is of the organization.</summary>
internal sealed record DirectoryView(string Id, string Label, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, string? Provider, string? Subject);
