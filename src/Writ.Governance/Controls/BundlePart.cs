namespace Writ.Governance.Controls;

/// <summary>A piece of a bundle's files, so that a bundle larger than a record still lies in the log. <c>Content</c> is base64.</summary>
public sealed record BundlePart(string Digest, int Part, int Parts, string Content) : ControlAction;
