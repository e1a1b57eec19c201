namespace Writ.Governance.Controls;

/// <summary>A person confirms that the installation goes on as it was restored. Two have to, and decisions are made from then on.</summary>
/// <param name="Domain">The first part of the new names of the logs: which restore.</param>
public sealed record RestorationConfirmed(string Domain) : ControlAction;
