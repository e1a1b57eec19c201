using Writ.Governance.Controls;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Tools;

namespace Writ.Governance.Registry;

/// <summary>What control actions about decision points outside Writ make of an organization.</summary>
public static class PointChanges
{
    /// <summary>The most decision points of an organization: each is asked before an action runs.</summary>
    public const int MostPoints = 8;

    /// <summary>A name among a point's actions that stands for nothing here, so that it would never be asked; null when each stands for something.</summary>
    public static string? UnknownAction(this OrganizationState state, DecisionPoint point) => point.Actions.FirstOrDefault(action => !IsKnown(state, action));

    internal static OrganizationState Register(this OrganizationState state, DecisionPointRegistered registered)
    {
        var point = registered.Point;
        if (point.Problem is { } problem)
            throw new InvalidDataException(problem);
        if (state.DecisionPoints.ContainsKey(point.Name))
            throw new InvalidDataException($"there is a decision point named '{point.Name}' already: register the new one under another name, then remove this");
        if (state.DecisionPoints.Count >= MostPoints)
            throw new InvalidDataException($"an organization has at most {MostPoints} decision points");
        return state with { DecisionPoints = state.DecisionPoints.Add(point.Name, point) };
    }

    internal static OrganizationState Remove(this OrganizationState state, DecisionPointRemoved removed) =>
        state.DecisionPoints.ContainsKey(removed.Name)
            ? state with { DecisionPoints = state.DecisionPoints.Remove(removed.Name) }
            : throw new InvalidDataException($"there is no decision point named '{removed.Name}'");

    private static bool IsKnown(OrganizationState state, string action) => action.Split('/', 3) switch
    {
        ["tool", "call"] => true,
        ["effect", var word] => Enum.GetValues<EffectClass>().Any(e => e.Word() == word),
        ["server", var slug] => state.ServersBySlug.ContainsKey(slug),
        ["tool", var slug, var tool] => state.ServersBySlug.TryGetValue(slug, out var server) && server.Tools.ContainsKey(tool),
        _ => false,
    };
}
