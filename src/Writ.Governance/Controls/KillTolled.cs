namespace Writ.Governance.Controls;

/// <summary>What a kill ended is over.</summary>
/// <param name="Id">The kill.</param>
/// <param name="Calls">How many calls were under way.</param>
/// <param name="Us">How many microseconds after the kill came into force the last of them was settled.</param>
public sealed record KillTolled(Guid Id, int Calls, long Us) : ControlAction;
