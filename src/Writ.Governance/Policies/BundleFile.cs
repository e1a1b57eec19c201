namespace Writ.Governance.Policies;

/// <summary>A policy file of a bundle: its path inside the folder, with forward slashes, and its text.</summary>
public sealed record BundleFile(string Path, string Text);
