namespace Writ.Cli.Api;

/// <summary>What people see of a server.</summary>
internal sealed record ServerView(string Slug, bool Trusted, IReadOnlyList<ToolView> Tools);
