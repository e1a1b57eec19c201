namespace Writ.Governance.Agents;

/// <summary>
/// The most that one task of an agent, with every task below it, may use. Immutable; counted in <see cref="Limits.TaskCeilings"/>.
/// </summary>
/// <param name="Calls">The most permitted calls, 1 to <see cref="MaxCalls"/>; null for no bound on calls.</param>
/// <param name="NanoUsd">The most that permitted calls cost together by the confirmed prices of their tools, in nano-USD, at least 1; null for
/// no bound on money. Where it is set, a call of unknown cost is refused.</param>
public sealed record TaskCeiling(long? Calls = null, long? NanoUsd = null)
{
    public const long MaxCalls = 1_000_000;

    /// <summary>The most money: one million dollars.</summary>
    public const long MaxNanoUsd = 1_000_000_000_000_000;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem =>
        Calls is null && NanoUsd is null ? "a ceiling bounds calls, nano_usd, or both"
        : Calls is < 1 or > MaxCalls ? $"calls: 1 to {MaxCalls}"
        : NanoUsd is < 1 or > MaxNanoUsd ? $"nano_usd: 1 to {MaxNanoUsd}"
        : null;

    /// <summary>Whether every bound that another has stays, whatever its number.</summary>
    public bool Keeps(TaskCeiling? other) => (Calls is not null || other?.Calls is null) && (NanoUsd is not null || other?.NanoUsd is null);
}
