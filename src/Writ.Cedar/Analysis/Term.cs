using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis;

/// <summary>A place in a request: a variable, or an attribute of another place. Immutable; compared by content.</summary>
internal sealed record Term(Variable Root, Term? Parent, string Name)
{
    public static Term Of(Variable root) => new(root, null, root.ToString().ToLowerInvariant());

    /// <summary>The place as a space names it.</summary>
    public string Path { get; } = Parent is null ? Name : $"{Parent.Path}.{Escaped(Name)}";

    public Term Member(string name) => new(Root, this, name);

    // So that a name with a dot is another place than two names.
    private static string Escaped(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal);

    public bool Equals(Term? other) => other is not null && Path == other.Path && Name == other.Name;

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);
}
