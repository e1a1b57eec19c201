namespace Writ.Server.Login;

/// <summary>An enrolment token, which is shown here and never again.</summary>
internal sealed record InvitationAnswer(string Token, string Link, DateTimeOffset ExpiresAt);
