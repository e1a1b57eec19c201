using System.Collections.Immutable;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person may do more: everywhere, or to the agents of one team.</summary>
public sealed record PersonCapabilitiesGiven(PersonId Person, ImmutableArray<PersonCapability> Capabilities, string Reason, TeamId? Team = null) : ControlAction;
