namespace Writ.Governance.Controls;

/// <summary>Whoever answers for an agent has seen what a proposed bundle would newly refuse to it.</summary>
public sealed record BundleAcknowledged(string Name, string Digest) : ControlAction;
