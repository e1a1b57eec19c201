namespace Writ.Governance.People;

/// <summary>A token of a person, as the registry knows it: never the secret. Immutable.</summary>
public sealed record PersonToken(string KeyId, PersonId Person, string SecretHash, Presence StandsFor);
