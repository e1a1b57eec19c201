using System.Collections.Immutable;

namespace Writ.Governance.People;

/// <summary>
/// What a person's token may be used for, of what its person may do: never more. Whoever holds a limited token approves nothing with it and is
/// in no team. Immutable.
/// </summary>
/// <param name="Capabilities">The capabilities that the token has, as far as its person has them.</param>
/// <param name="ReadOnly">Whether it only reads.</param>
public sealed record TokenScope(ImmutableArray<PersonCapability> Capabilities, bool ReadOnly = false)
{
    /// <summary>The person, as far as the token goes.</summary>
    public Person Narrow(Person person) => person with { Capabilities = [.. person.Capabilities.Where(Capabilities.Contains)], Teams = [], TeamCapabilities = person.TeamCapabilities.Clear() };

    /// <summary>Whether it goes no further than another; null is one without limit.</summary>
    public bool IsWithin(TokenScope? other) => other is null || (Capabilities.All(other.Capabilities.Contains) && (ReadOnly || !other.ReadOnly));
}
