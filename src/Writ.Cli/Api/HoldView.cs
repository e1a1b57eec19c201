namespace Writ.Cli.Api;

/// <summary>A legal hold as the server tells it.</summary>
internal sealed record HoldView(string Name, string Reason, string PlacedBy, DateTimeOffset PlacedAt, string? Subject = null, string? LiftProposedBy = null);
