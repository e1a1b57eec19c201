namespace Writ.Cli.Api;

/// <summary>For whom an agent may introduce itself, and until when.</summary>
internal sealed record EnrolmentView(string Id, string Owner, string Team, string Environment, DateTimeOffset ExpiresAt);
