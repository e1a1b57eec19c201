namespace Writ.Cli.Api;

/// <summary>An enrolment and its token.</summary>
internal sealed record EnrolmentAnswer(EnrolmentView Enrolment, string Token);
