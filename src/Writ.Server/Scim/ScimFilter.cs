namespace Writ.Server.Scim;

/// <summary>What resources have to be like (RFC 7644, section 3.4.2.2). A closed hierarchy, immutable.</summary>
internal abstract record ScimFilter
{
    private ScimFilter()
    {
    }

    public sealed record And(ScimFilter Left, ScimFilter Right) : ScimFilter;

    public sealed record Or(ScimFilter Left, ScimFilter Right) : ScimFilter;

    public sealed record Not(ScimFilter Inner) : ScimFilter;

    /// <summary>The attribute has a value.</summary>
    public sealed record Present(ScimPath Path) : ScimFilter;

    /// <summary>One value of the attribute compares so.</summary>
    /// <param name="Path">Which attribute.</param>
    /// <param name="Operator">How.</param>
    /// <param name="Value">With what: a string, a boolean, a number as <see cref="decimal"/>, or null.</param>
    public sealed record Compare(ScimPath Path, ScimOperator Operator, object? Value) : ScimFilter;

    /// <summary>One value of a complex attribute is all of that at once.</summary>
    public sealed record Within(ScimPath Path, ScimFilter Inner) : ScimFilter;
}
