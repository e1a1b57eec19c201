namespace Writ.Governance.Controls;

/// <summary>An enrolment that was not used is used no more.</summary>
public sealed record AgentEnrolmentWithdrawn(string KeyId, string Reason) : ControlAction;
