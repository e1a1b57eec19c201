namespace Writ.Governance.Controls;

/// <summary>What a control request comes down to in the state as it is: actions to take, or why there are none.</summary>
public sealed record ControlPlan
{
    private ControlPlan(IReadOnlyList<ControlAction> actions, string? obstacle) => (Actions, Obstacle) = (actions, obstacle);

    public IReadOnlyList<ControlAction> Actions { get; }

    /// <summary>What is wrong, for the person; null when the actions can be taken.</summary>
    public string? Obstacle { get; }

    public static ControlPlan Take(params IReadOnlyList<ControlAction> actions) => new(actions, null);

    public static ControlPlan Refuse(string obstacle) => new([], obstacle);
}
