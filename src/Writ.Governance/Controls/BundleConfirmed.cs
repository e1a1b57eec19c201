namespace Writ.Governance.Controls;

/// <summary>A second person confirmed a proposed bundle, which is active from here on.</summary>
public sealed record BundleConfirmed(string Name, string Digest) : ControlAction;
