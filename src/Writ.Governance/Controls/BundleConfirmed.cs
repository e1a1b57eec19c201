namespace Writ.Governance.Controls;

/// <summary>A proposed bundle was confirmed, and is active from here on. <c>Override</c> says why owners of agents were not waited for.</summary>
public sealed record BundleConfirmed(string Name, string Digest, string? Override = null) : ControlAction;
