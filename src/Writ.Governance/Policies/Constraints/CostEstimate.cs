using System.Text.Json;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Constraints;

/// <summary>What a call costs, before it is made, by the price that people confirmed for its tool.</summary>
internal static class CostEstimate
{
    /// <summary>
    /// In nano-USD, rounded up. Null where it is not known: no price, a counted argument that is not there or no number of things, a sum
    /// beyond what can be counted. Unknown is never zero.
    /// </summary>
    public static long? Of(ToolPrice? price, JsonElement arguments)
    {
        if (price is null)
            return null;
        if (price.Counted is not { } counted)
            return price.CallNanoUsd;
        var units = ArgumentPath.Find(arguments, counted) switch
        {
            { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
            { ValueKind: JsonValueKind.Number } number => MoneyArgument.Read(number),
            _ => null,
        };
        if (units is not { } many || many > long.MaxValue)
            return null;
        var sum = new decimal(price.CallNanoUsd) + Times(price.UnitNanoUsd, many);
        return sum <= long.MaxValue ? (long)sum : null;
    }

    /// <summary>The product, or more than any sum may be where it would not fit a decimal.</summary>
    private static decimal Times(long unit, decimal many) =>
        unit == 0 ? 0 : many > decimal.MaxValue / 2 / unit ? decimal.MaxValue / 2 : decimal.Ceiling(unit * many);
}
