using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Writ.Architecture.Tests;

/// <summary>What a compiled type must keep. Each rule returns what breaks it, by name.</summary>
internal static class TypeRules
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>A class is sealed, abstract or static: nobody inherits for reuse, and every hierarchy is closed on purpose.</summary>
    public static IEnumerable<string> SealedOrAbstract(Type type) =>
        type.IsClass && !type.IsSealed && !type.IsAbstract ? [$"{type.FullName} is neither sealed nor abstract nor static"] : [];

    /// <summary>A public method that gives something to await says so in its name, unless the name is another assembly's.</summary>
    public static IEnumerable<string> AsyncByName(Type type) =>
        type.IsSubclassOf(typeof(Delegate)) ? [] :
        from method in type.GetMethods(Declared)
        where method.IsPublic && !method.IsSpecialName && !IsGenerated(method) && IsAwaited(method.ReturnType)
        where !method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsNamedElsewhere(type, method)
        select $"{type.FullName}.{method.Name} returns {method.ReturnType.Name}: end its name in Async";

    /// <summary>No static field can be assigned after its type is initialized.</summary>
    public static IEnumerable<string> NoStaticMutableState(Type type) =>
        from field in type.GetFields(Declared)
        where field.IsStatic && !field.IsInitOnly && !field.IsLiteral && !IsGenerated(field) && !field.IsDefined(typeof(ThreadStaticAttribute))
        select $"{type.FullName}.{field.Name} is static and can change";

    /// <summary>Written by a compiler or a source generator, or inside something that was.</summary>
    public static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<')
        || member.IsDefined(typeof(CompilerGeneratedAttribute))
        || member.IsDefined(typeof(GeneratedCodeAttribute))
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsAwaited(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    private static bool IsNamedElsewhere(Type type, MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType!.Assembly != type.Assembly
        || (!type.IsInterface && type.GetInterfaces().Any(contract =>
            contract.Assembly != type.Assembly && type.GetInterfaceMap(contract).TargetMethods.Contains(method)));
}
