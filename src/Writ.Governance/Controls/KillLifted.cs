namespace Writ.Governance.Controls;

/// <summary>A kill is over: what it stopped acts again, as far as everything else lets it.</summary>
public sealed record KillLifted(Guid Id) : ControlAction;
