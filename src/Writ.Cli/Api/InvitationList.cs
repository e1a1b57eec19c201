namespace Writ.Cli.Api;

/// <summary>The enrolment tokens of a person that wait.</summary>
internal sealed record InvitationList(string Person, IReadOnlyList<InvitationView> Invitations);
