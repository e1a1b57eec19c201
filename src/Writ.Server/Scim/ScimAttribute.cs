using System.Collections.Immutable;

namespace Writ.Server.Scim;

/// <summary>An attribute of a resource, as its schema has it (RFC 7643, section 7). Immutable.</summary>
/// <param name="Name">Its name; compared without regard to case.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>dateTime</c>, <c>reference</c> or <c>complex</c>.</param>
/// <param name="Description">What it is, for people.</param>
internal sealed record ScimAttribute(string Name, string Type, string Description)
{
    public bool MultiValued { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether letters of another case are another value.</summary>
    public bool CaseExact { get; init; }

    /// <summary>Whether only Writ says what it is.</summary>
    public bool ReadOnly { get; init; }

    public bool Unique { get; init; }

    /// <summary>The parts of a complex attribute.</summary>
    public ImmutableArray<ScimAttribute> Parts { get; init; } = [];

    public ScimAttribute? Part(string name) => Parts.FirstOrDefault(part => part.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
