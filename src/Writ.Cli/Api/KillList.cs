namespace Writ.Cli.Api;

/// <summary>The kills that stand, and the newest that were lifted.</summary>
internal sealed record KillList(IReadOnlyList<KillView> Standing, IReadOnlyList<KillView> Lifted);
