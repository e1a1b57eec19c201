namespace Writ.Cli.Api;

/// <summary>What the comparison of a bundle with the policies that hold came to.</summary>
internal sealed record FindingView(string Looseness, string Words);
