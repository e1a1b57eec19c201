namespace Writ.Governance.Controls;

/// <summary>How many days after a notice an agent is suspended whose review is overdue; notices that stand keep their date.</summary>
public sealed record ReviewGraceChanged(int Days, string Reason) : ControlAction;
