namespace Writ.Governance.Controls;

/// <summary>A bundle that was being tried is not any more. Taken by a person, or by Writ itself, which then says in the reason what it saw.</summary>
public sealed record BundleWithdrawn(string Name, string Digest, string Reason) : ControlAction;
