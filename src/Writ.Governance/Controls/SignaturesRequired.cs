namespace Writ.Governance.Controls;

/// <summary>Only signed bundles are published from here on.</summary>
public sealed record SignaturesRequired(string Reason) : ControlAction;
