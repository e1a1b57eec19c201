using System.Diagnostics.CodeAnalysis;
using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>The functions of the extension type <c>ipaddr</c>.</summary>
internal static class IpFunctions
{
    public static readonly ExtensionFunction[] All =
    [
        ExtensionFunction.Constructor("ip", Arguments.Parse<IpValue>(Parse)),
        Test("isIpv4", ip => !ip.IsIPv6),
        Test("isIpv6", ip => ip.IsIPv6),
        Test("isLoopback", ip => ip.IsLoopback),
        Test("isMulticast", ip => ip.IsMulticast),
        ExtensionFunction.Method("isInRange", 2, Arguments.Of<IpValue, IpValue>("ipaddr", "ipaddr", (ip, range) => BoolValue.Of(ip.IsInRange(range)))),
    ];

    private static ExtensionFunction Test(string name, Func<IpValue, bool> holds) =>
        ExtensionFunction.Method(name, 1, Arguments.Of<IpValue>("ipaddr", ip => BoolValue.Of(holds(ip))));

    private static bool Parse(string text, [NotNullWhen(true)] out IpValue? value, out string problem)
    {
        problem = IpText.Expected;
        return IpText.TryParse(text, out value);
    }
}
