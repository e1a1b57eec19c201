namespace Writ.Governance.Controls;

/// <summary>What a control request comes down to in the state as it is: actions to take, or why there are none.</summary>
public sealed record ControlPlan
{
    private ControlPlan(IReadOnlyList<ControlAction> actions, string? obstacle, ControlAction? attempted = null) => (Actions, Obstacle, Attempted) = (actions, obstacle, attempted);

    public IReadOnlyList<ControlAction> Actions { get; }

    /// <summary>What is wrong, for the person; null when the actions can be taken.</summary>
    public string? Obstacle { get; }

    /// <summary>What would have been done; null where the obstacle tells nothing. Who may not do that is told so, and nothing of the obstacle.</summary>
    public ControlAction? Attempted { get; }

    public static ControlPlan Take(params IReadOnlyList<ControlAction> actions) => new(actions, null);

    public static ControlPlan Refuse(string obstacle, ControlAction? attempted = null) => new([], obstacle, attempted);
}
