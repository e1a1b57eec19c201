namespace Writ.Cli.Api;

/// <summary>The legal holds that stand.</summary>
internal sealed record HoldList(IReadOnlyList<HoldView> Holds);
