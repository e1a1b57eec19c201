namespace Writ.Cli.Api;

/// <summary>A team as it is now.</summary>
internal sealed record TeamAnswer(TeamView Team);
