using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Tools;

/// <summary>
/// What a tool costs its organization, as people confirmed it, in whole billionths of a US dollar. A tool that costs nothing says so with
/// a price of 0; one without a price has no known cost. Immutable.
/// </summary>
public sealed record ToolPrice
{
    /// <summary>The largest price, in nano-USD: a million dollars.</summary>
    public const long Largest = 1_000_000L * 1_000_000_000;

    /// <summary>For each call, 0 to <see cref="Largest"/>.</summary>
    public required long CallNanoUsd { get; init; }

    /// <summary>For each thing that <see cref="Counted"/> counts, 0 to <see cref="Largest"/>.</summary>
    public long UnitNanoUsd { get; init; }

    /// <summary>
    /// The argument that says how many: a number, or a list whose items count; dots between levels. Null where a call costs the same
    /// whatever its arguments.
    /// </summary>
    public string? Counted { get; init; }

    /// <summary>What is wrong with the price, or null.</summary>
    public string? Problem =>
        CallNanoUsd is < 0 or > Largest || UnitNanoUsd is < 0 or > Largest ? $"price: call_nano_usd and unit_nano_usd are 0 to {Largest}"
        : Counted is not null && !ArgumentPath.IsValid(Counted) ? "price: counted is the name of an argument, dots between levels"
        : UnitNanoUsd > 0 && Counted is null ? "price: unit_nano_usd needs counted, the argument that says how many"
        : null;
}
