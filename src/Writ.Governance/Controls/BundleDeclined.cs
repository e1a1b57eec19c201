namespace Writ.Governance.Controls;

/// <summary>A proposed bundle was taken back or turned down.</summary>
public sealed record BundleDeclined(string Name, string Digest, string Reason) : ControlAction;
