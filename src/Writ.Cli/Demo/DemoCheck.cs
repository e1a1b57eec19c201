namespace Writ.Cli.Demo;

/// <summary>A claim about what happened, held against what others wrote down.</summary>
internal sealed record DemoCheck(string Claim, bool Holds, string Detail);
