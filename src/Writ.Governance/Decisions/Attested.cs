namespace Writ.Governance.Decisions;

/// <summary>
/// A fact that something other than the agent vouched for. Policies may permit on it. Its counterpart is <see cref="Claims"/>:
/// what the agent says of itself can only lead to a refusal.
/// </summary>
/// <param name="Value">The fact.</param>
/// <param name="Source">Who vouched: a registration, a person's token, an enforcement point, Writ itself.</param>
public sealed record Attested<T>(T Value, string Source);
