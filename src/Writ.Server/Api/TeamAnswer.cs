namespace Writ.Server.Api;

internal sealed record TeamAnswer(TeamView Team);
