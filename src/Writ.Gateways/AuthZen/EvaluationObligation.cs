namespace Writ.Gateways.AuthZen;

/// <summary>A limit that the action was permitted under.</summary>
/// <param name="Kind">Its kind, one of those the enforcement point said it enforces.</param>
/// <param name="Limit">The limit as a policy writes it.</param>
/// <param name="Enforce">Whether something is left to do: false where Writ has held the action to it already.</param>
internal sealed record EvaluationObligation(string Kind, string Limit, bool Enforce);
