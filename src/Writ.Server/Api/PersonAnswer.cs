namespace Writ.Server.Api;

/// <summary>A person who was added, with the token that is shown here and never again.</summary>
internal sealed record PersonAnswer(PersonView Person, string Token);
