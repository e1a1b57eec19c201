using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation.Typing;

/// <summary>The types of the arguments and results of the extension functions.</summary>
internal static class FunctionTypes
{
    private static readonly Ty Decimal = new Ty.Extension(ExtensionType.Decimal);
    private static readonly Ty Ip = new Ty.Extension(ExtensionType.Ipaddr);
    private static readonly Ty Datetime = new Ty.Extension(ExtensionType.Datetime);
    private static readonly Ty Duration = new Ty.Extension(ExtensionType.Duration);

    public static FrozenDictionary<string, (ImmutableArray<Ty> Arguments, Ty Result)> All { get; } = new Dictionary<string, (ImmutableArray<Ty>, Ty)>
    {
        ["decimal"] = ([Ty.Text], Decimal),
        ["lessThan"] = ([Decimal, Decimal], Ty.AnyBool),
        ["lessThanOrEqual"] = ([Decimal, Decimal], Ty.AnyBool),
        ["greaterThan"] = ([Decimal, Decimal], Ty.AnyBool),
        ["greaterThanOrEqual"] = ([Decimal, Decimal], Ty.AnyBool),
        ["ip"] = ([Ty.Text], Ip),
        ["isIpv4"] = ([Ip], Ty.AnyBool),
        ["isIpv6"] = ([Ip], Ty.AnyBool),
        ["isLoopback"] = ([Ip], Ty.AnyBool),
        ["isMulticast"] = ([Ip], Ty.AnyBool),
        ["isInRange"] = ([Ip, Ip], Ty.AnyBool),
        ["datetime"] = ([Ty.Text], Datetime),
        ["offset"] = ([Datetime, Duration], Datetime),
        ["durationSince"] = ([Datetime, Datetime], Duration),
        ["toDate"] = ([Datetime], Datetime),
        ["toTime"] = ([Datetime], Duration),
        ["duration"] = ([Ty.Text], Duration),
        ["toMilliseconds"] = ([Duration], Ty.Integer),
        ["toSeconds"] = ([Duration], Ty.Integer),
        ["toMinutes"] = ([Duration], Ty.Integer),
        ["toHours"] = ([Duration], Ty.Integer),
        ["toDays"] = ([Duration], Ty.Integer),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
