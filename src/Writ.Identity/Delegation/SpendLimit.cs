namespace Writ.Identity.Delegation;

/// <summary>How much may be spent under a token and all that descend from it, together.</summary>
/// <param name="Currency">Three capital letters of ISO 4217; Writ accounts in <c>USD</c>.</param>
/// <param name="Max">The most in all, in billionths of the currency; not negative.</param>
/// <param name="Per">The most for one call, likewise; null where only the whole is limited.</param>
public sealed record SpendLimit(string Currency, long Max, long? Per)
{
    /// <summary>Whether another limit allows no more than this one.</summary>
    public bool Covers(SpendLimit? child) =>
        child is not null && child.Currency == Currency && child.Max <= Max && (Per is not { } per || child.Per <= per);
}
