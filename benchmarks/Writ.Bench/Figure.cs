namespace Writ.Bench;

/// <summary>One measured number beside its bar.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best of the runs.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Bar">What it has to reach; null for a number that is only told, as the latency of the bare machine.</param>
/// <param name="LessIsBetter">True when the value must not exceed the bar, false when it must reach it.</param>
/// <param name="Conditions">What belongs to reading it: sizes, callers, all runs.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Bar, bool LessIsBetter, string Conditions)
{
    public bool IsMet => Bar is not { } bar || (LessIsBetter ? Value <= bar : Value >= bar);
}
