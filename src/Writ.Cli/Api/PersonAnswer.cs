namespace Writ.Cli.Api;

/// <summary>A person who was added, with the token that is shown once.</summary>
internal sealed record PersonAnswer(PersonView Person, string Token);
