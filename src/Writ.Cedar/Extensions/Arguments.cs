using System.Diagnostics.CodeAnalysis;
using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>Takes the arguments of extension functions apart; the first of the wrong type, from the left, is the fault.</summary>
internal static class Arguments
{
    // What a body returns beside a fault; never seen.
    private static readonly Value Nothing = BoolValue.False;

    public static ExtensionFunction.Body Parse<T>(TryParse<T> parse)
        where T : Value => (arguments, out fault) =>
    {
        fault = null;
        if (!Is<StringValue>(arguments[0], "a string", out var text, ref fault))
            return Nothing;
        if (parse(text.Value, out var value, out var problem))
            return value;
        fault = new Fault(FaultKind.Extension, $"{Syntax.StringLiteral.Quote(Excerpt(text.Value))} is not valid: {problem}");
        return Nothing;
    };

    public static ExtensionFunction.Body Of<T>(string type, Func<T, Value?> body, string overflow = "")
        where T : Value => (arguments, out fault) =>
    {
        fault = null;
        if (!Is<T>(arguments[0], type, out var only, ref fault))
            return Nothing;
        return body(only) ?? Overflow(overflow, out fault);
    };

    public static ExtensionFunction.Body Of<T1, T2>(string type1, string type2, Func<T1, T2, Value?> body, string overflow = "")
        where T1 : Value
        where T2 : Value => (arguments, out fault) =>
    {
        fault = null;
        if (!Is<T1>(arguments[0], type1, out var left, ref fault) || !Is<T2>(arguments[1], type2, out var right, ref fault))
            return Nothing;
        return body(left, right) ?? Overflow(overflow, out fault);
    };

    private static bool Is<T>(Value value, string type, [NotNullWhen(true)] out T? typed, ref Fault? fault)
        where T : Value
    {
        typed = value as T;
        if (typed is null)
            fault = Fault.WrongType(type, value);
        return typed is not null;
    }

    private static Value Overflow(string message, out Fault fault)
    {
        fault = new Fault(FaultKind.Extension, message);
        return Nothing;
    }

    private static string Excerpt(string text) => text.Length <= 60 ? text : text[..57] + "...";

    internal delegate bool TryParse<T>(string text, [NotNullWhen(true)] out T? value, out string problem);
}
