using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person who had left is of the organization again, with these capabilities, and with no way in of before.</summary>
public sealed record PersonReturned(PersonId Person, ImmutableArray<PersonCapability> Capabilities, string Reason) : ControlAction;
