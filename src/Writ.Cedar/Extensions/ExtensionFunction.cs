using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>
/// A function of one of Cedar's four extension types. Constructors are called <c>decimal("1.2")</c>, all others as methods of their first
/// argument, <c>x.lessThan(y)</c>. The set is fixed. Immutable; compared by reference.
/// </summary>
public sealed class ExtensionFunction
{
    private static readonly FrozenDictionary<string, ExtensionFunction> ByName =
        new[] { DecimalFunctions.All, IpFunctions.All, DatetimeFunctions.All, DurationFunctions.All }
            .SelectMany(functions => functions)
            .ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    private readonly Body _body;

    private ExtensionFunction(string name, bool isMethod, int arity, Body body)
    {
        Name = name;
        IsMethod = isMethod;
        Arity = arity;
        _body = body;
    }

    internal delegate Value Body(ReadOnlySpan<Value> arguments, out Fault? fault);

    /// <summary>All functions, in no particular order.</summary>
    public static IReadOnlyCollection<ExtensionFunction> All => ByName.Values;

    /// <summary>The name in policies.</summary>
    public string Name { get; }

    /// <summary>Whether the function is called as a method of its first argument.</summary>
    public bool IsMethod { get; }

    /// <summary>How many arguments it takes, the one before the dot included.</summary>
    public int Arity { get; }

    /// <summary>Gets a function; false when there is none of that name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ExtensionFunction? function) => ByName.TryGetValue(name, out function);

    /// <summary>The name in policies.</summary>
    public override string ToString() => Name;

    internal static ExtensionFunction Constructor(string name, Body body) => new(name, isMethod: false, 1, body);

    internal static ExtensionFunction Method(string name, int arity, Body body) => new(name, isMethod: true, arity, body);

    /// <summary>Calls the function; null and a fault when it has no answer for these arguments.</summary>
    internal Value? Call(ReadOnlySpan<Value> arguments, out Fault? fault)
    {
        if (arguments.Length != Arity)
        {
            fault = new Fault(FaultKind.WrongArity, $"{Name} takes {Arity} argument{(Arity == 1 ? "" : "s")}, the one before the dot included, and got {arguments.Length}");
            return null;
        }

        var value = _body(arguments, out fault);
        return fault is null ? value : null;
    }
}
