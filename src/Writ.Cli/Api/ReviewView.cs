namespace Writ.Cli.Api;

/// <summary>How a review of an agent stands.</summary>
internal sealed record ReviewView(
    string Agent, string Name, string Review, DateTimeOffset DueAt, bool Overdue, string Digest, bool ChangedSince = false, DateTimeOffset? SuspendsAt = null, string? ReviewedBy = null, DateTimeOffset? ReviewedAt = null);
