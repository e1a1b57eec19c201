namespace Writ.Server.Api;

/// <summary>A root of a delegation chain: shown here and never again.</summary>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="Token">The token, for the agent whose key it names.</param>
/// <param name="Hash">What it is known by, to withdraw it.</param>
/// <param name="Audience">Who proofs of possession are for.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record DelegationAnswer(Guid Id, string Token, string Hash, string Audience, DateTimeOffset ExpiresAt);
