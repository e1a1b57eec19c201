using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>In tasks that a person starts, agents reach from here on no more than these tools, and of these what they have been given themselves.</summary>
/// <param name="Person">Who.</param>
/// <param name="Tools">The tools; null for no limit by who asks, empty for none.</param>
public sealed record PersonToolsChanged(PersonId Person, ImmutableArray<Grant>? Tools = null) : ControlAction;
