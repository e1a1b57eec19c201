using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Constraints;

/// <summary>Holds an action to the limits that need no door: they are kept, or the action is denied.</summary>
internal static class ConstraintCheck
{
    /// <summary>The first limit that the action breaks with the arguments that would run, and why, for people; null when it keeps all.</summary>
    public static (ReasonCode Code, string Detail)? Breach(ConstraintSet constraints, ActionRequest request, Arguments running)
    {
        foreach (var constraint in constraints.Items)
        {
            var breach = constraint switch
            {
                Constraint.AmountLimit amount => OfAmount(amount, running.Value),
                Constraint.CostLimit cost => OfCost(cost, request.Tool!.Classification?.Price, running.Value),
                Constraint.ReadOnly => OfReading(request.Tool!.Classification?.Effect),
                Constraint.Ring ring => OfRing(ring, request),
                _ => null,
            };
            if (breach is not null)
                return breach;
        }

        return null;
    }

    private static (ReasonCode, string)? OfAmount(Constraint.AmountLimit limit, JsonElement arguments)
    {
        if (MoneyArgument.Read(ArgumentPath.Find(arguments, limit.Argument)) is not { } amount)
            return (ReasonCodes.LimitExceeded, $"argument {limit.Argument} is no amount of money that can be compared: {limit}");
        if (limit.CurrencyArgument is { } named
            && (ArgumentPath.Find(arguments, named) is not { ValueKind: JsonValueKind.String } currency || !currency.ValueEquals(limit.Currency)))
            return (ReasonCodes.LimitExceeded, $"argument {named} is not {limit.Currency}: {limit}");
        return amount > limit.Maximum ? (ReasonCodes.LimitExceeded, $"argument {limit.Argument} is above the limit: {limit}") : null;
    }

    private static (ReasonCode, string)? OfCost(Constraint.CostLimit limit, ToolPrice? price, JsonElement arguments)
    {
        if (CostEstimate.Of(price, arguments) is not { } cost)
        {
            return (ReasonCodes.PriceUnknown, price is null
                ? $"the tool has no price: {limit}"
                : $"argument {price.Counted} does not say how many the price is for: {limit}");
        }

        return cost > limit.NanoUsd ? (ReasonCodes.LimitExceeded, $"the call costs {NanoDollars.Write(cost)} USD: {limit}") : null;
    }

    private static (ReasonCode, string)? OfReading(EffectClass? effect) =>
        effect is EffectClass.Read or EffectClass.Fetch
            ? null
            : (ReasonCodes.OnlyReading, $"the tool's effect class is '{effect?.Word()}': {Constraint.ReadOnly.Word}");

    private static (ReasonCode, string)? OfRing(Constraint.Ring ring, ActionRequest request)
    {
        if (request.Organization.Server(request.Server) is not { } server)
            return (ReasonCodes.NotIsolated, $"the server is not registered: {ring}");
        return Isolation.Of(server.Connection) is { } level && level < ring.Level
            ? (ReasonCodes.NotIsolated, $"the server runs in ring {level}: {ring}")
            : null;
    }
}
