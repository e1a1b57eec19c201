using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>Someone may act on the organization.</summary>
public sealed record PersonAdded(PersonId Person, string DisplayName, ImmutableArray<PersonCapability> Capabilities) : ControlAction;
