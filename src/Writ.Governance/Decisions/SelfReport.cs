namespace Writ.Governance.Decisions;

/// <summary>What the agent says about its own call. Claimed, shown as such, and read by no policy.</summary>
/// <param name="ConfidencePermille">How sure it says it is, 0 to 1000 thousandths.</param>
/// <param name="Rationale">Why it says it calls, at most <see cref="MaxRationale"/> characters. Kept in the vault alone.</param>
public sealed record SelfReport(int? ConfidencePermille, string? Rationale)
{
    /// <summary>The longest rationale, in characters.</summary>
    public const int MaxRationale = 2_000;
}
