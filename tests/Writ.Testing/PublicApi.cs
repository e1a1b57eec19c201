using System.Reflection;
using System.Text;
using Xunit;

namespace Writ.Testing;

/// <summary>
/// The public API of an assembly as text, one line a member, sorted, so that a change of it shows in a review. A test compares it with
/// an approved file; on a difference the received text is written beside that file and the test fails with the lines that differ.
/// </summary>
public static class PublicApi
{
    /// <summary>Fails unless the assembly's public API is what <paramref name="approvedPath"/> says.</summary>
    public static void Approve(Assembly assembly, string approvedPath)
    {
        var received = Dump(assembly);
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        var receivedPath = Path.ChangeExtension(approvedPath, null).Replace(".approved", "", StringComparison.Ordinal) + ".received.txt";
        if (received == approved)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail($"The public API of {assembly.GetName().Name} has changed. Review {receivedPath}, and move it over {approvedPath} if it is meant.\n{Difference(approved, received)}");
    }

    /// <summary>The public API: types in order of name, under each its members in order of their text.</summary>
    public static string Dump(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsInterface: true } => "interface",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? new[] { parent } : [])
            .Concat(type.GetInterfaces().Where(i => i.IsPublic && !i.Name.StartsWith("IEquatable", StringComparison.Ordinal)).OrderBy(i => i.Name, StringComparer.Ordinal))
            .Select(Name)
            .ToList();
        return $"{kind} {type.Namespace}.{Name(type)}{(bases.Count > 0 && !type.IsEnum ? " : " + string.Join(", ", bases) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        return type.GetConstructors(Declared).Where(IsVisible).Where(c => !IsCopy(c)).Select(c => $"{Name(type).Split('<')[0].Split('.')[^1]}({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => $"{(f.IsStatic ? "static " : "")}field {Name(f.FieldType)} {f.Name}"))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible)).Where(p => p.Name != "EqualityContract").Select(Property))
            .Concat(type.GetMethods(Declared).Where(IsVisible).Where(m => !m.IsSpecialName || m.Name is "op_Implicit" or "op_Explicit").Where(m => !IsOfEveryRecord(m)).Select(Method));
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(IsVisible).ToList();
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") ?? false;
        var writes = property.SetMethod is { } set && IsVisible(set) ? isInit ? " init;" : " set;" : "";
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(p => Name(p.ParameterType)))}]" : "";
        return $"{(accessors[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}{index} {{{(property.GetMethod is { } get && IsVisible(get) ? " get;" : "")}{writes} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : "")}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = " + (p.DefaultValue ?? "null") : "")}"));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOfEveryRecord(MethodInfo method) =>
        method.Name is "<Clone>$" or "PrintMembers" or "Equals" or "GetHashCode" or "ToString" or "Deconstruct" || method.Name.StartsWith('<');

    // Every record has one, which the compiler makes.
    private static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [{ Name: "original" } only] && only.ParameterType == constructor.DeclaringType;

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        var outer = type.IsNested ? Name(type.DeclaringType!).Split('<')[0] + "." : "";
        if (!type.IsGenericType)
            return outer + type.Name;
        return $"{outer}{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    private static string Difference(string approved, string received)
    {
        var old = approved.Split('\n');
        var now = received.Split('\n');
        var lines = old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line));
        return string.Join('\n', lines.Take(60));
    }
}
