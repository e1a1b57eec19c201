using Writ.Governance.Enrolments;

namespace Writ.Server.Api;

/// <summary>An enrolment that waits.</summary>
internal sealed record EnrolmentView(string Id, string Owner, string Team, string Environment, string By, DateTimeOffset At, DateTimeOffset ExpiresAt, string Reason)
{
    public static EnrolmentView Of(AgentEnrolment one) =>
        new(one.KeyId, one.Owner.ToString(), one.Team.ToString(), one.Environment, one.By.ToString(), one.At, one.ExpiresAt, one.Reason);
}
