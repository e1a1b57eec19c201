namespace Writ.Governance.Controls;

/// <summary>A version of a bundle that held before holds again. <c>To</c> is its digest in hexadecimal.</summary>
public sealed record BundleRolledBack(string Name, string To, string Reason) : ControlAction;
