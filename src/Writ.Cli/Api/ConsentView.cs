namespace Writ.Cli.Api;

/// <summary>Who may ask an agent to work besides its owners.</summary>
internal sealed record ConsentView(string Id, string Who, DateTimeOffset ExpiresAt, string? By = null, string? AcceptedBy = null, string Right = "invoke", IReadOnlyList<string>? Skills = null);
