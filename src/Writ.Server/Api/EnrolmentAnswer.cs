namespace Writ.Server.Api;

/// <summary>An enrolment and its token, which is shown here and never again.</summary>
internal sealed record EnrolmentAnswer(EnrolmentView Enrolment, string Token);
