namespace Writ.Cli.Api;

/// <summary>The teams of an organization.</summary>
internal sealed record TeamList(IReadOnlyList<TeamView> Teams);
