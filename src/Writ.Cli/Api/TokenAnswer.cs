namespace Writ.Cli.Api;

/// <summary>A token that was issued, with the secret that is shown once.</summary>
internal sealed record TokenAnswer(TokenView Issued, string Token);
