namespace Writ.Governance.Controls;

/// <summary>A bundle is active; its parts precede it in the log.</summary>
public sealed record BundlePublished(string Name, string Version, string Digest) : ControlAction;
