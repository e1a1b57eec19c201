namespace Writ.Cli.Api;

/// <summary>The servers of an organization.</summary>
internal sealed record ServerList(IReadOnlyList<ServerView> Servers);
