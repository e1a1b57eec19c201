namespace Writ.Cli.Api;

/// <summary>An opened task and its token, which is shown once.</summary>
internal sealed record TaskAnswer(string Task, string Token);
