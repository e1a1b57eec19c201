namespace Writ.Cli.Api;

/// <summary>An enrolment token, as the server shows it once.</summary>
internal sealed record InvitationAnswer(string Token, string Link, DateTimeOffset ExpiresAt);
