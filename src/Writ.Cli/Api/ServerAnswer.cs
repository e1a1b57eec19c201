namespace Writ.Cli.Api;

/// <summary>One server.</summary>
internal sealed record ServerAnswer(ServerView Server);
