using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>Who came into a directory's group, and who is no longer in it.</summary>
public sealed record DirectoryGroupChanged(Guid Group, ImmutableArray<PersonId> Joined, ImmutableArray<PersonId> Left) : ControlAction;
