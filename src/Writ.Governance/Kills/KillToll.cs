namespace Writ.Governance.Kills;

/// <summary>What a kill ended.</summary>
/// <param name="Calls">How many calls were under way.</param>
/// <param name="After">How long after it came into force the last of them was over and settled.</param>
public readonly record struct KillToll(int Calls, TimeSpan After);
