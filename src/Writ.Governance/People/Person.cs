using System.Collections.Immutable;

namespace Writ.Governance.People;

/// <summary>Someone of the organization who may act on Writ. Not an end user on whose behalf an agent acts.</summary>
public sealed record Person(PersonId Id, string DisplayName, ImmutableArray<PersonCapability> Capabilities)
{
    public bool Has(PersonCapability capability) => Capabilities.Contains(capability);
}
