using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A directory does not speak of a person any more.</summary>
public sealed record DirectoryUserForgotten(PersonId Person) : ControlAction;
