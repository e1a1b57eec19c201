using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>The functions of the extension type <c>decimal</c>.</summary>
internal static class DecimalFunctions
{
    public static readonly ExtensionFunction[] All =
    [
        ExtensionFunction.Constructor("decimal", Arguments.Parse<DecimalValue>(DecimalValue.TryParse)),
        Compare("lessThan", (left, right) => left < right),
        Compare("lessThanOrEqual", (left, right) => left <= right),
        Compare("greaterThan", (left, right) => left > right),
        Compare("greaterThanOrEqual", (left, right) => left >= right),
    ];

    private static ExtensionFunction Compare(string name, Func<long, long, bool> holds) => ExtensionFunction.Method(
        name, 2, Arguments.Of<DecimalValue, DecimalValue>("decimal", "decimal", (left, right) => BoolValue.Of(holds(left.TenThousandths, right.TenThousandths))));
}
