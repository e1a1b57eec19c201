namespace Writ.Cli.Api;

/// <summary>An enrolment token that waits: its public part, and until when.</summary>
internal sealed record InvitationView(string Id, DateTimeOffset ExpiresAt);
