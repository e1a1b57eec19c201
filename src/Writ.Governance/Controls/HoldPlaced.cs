namespace Writ.Governance.Controls;

/// <summary>Nothing of the organization, or of the subject of one key, is erased or pruned until the hold is lifted.</summary>
public sealed record HoldPlaced(string Name, string Reason, string? Subject = null, Guid? Key = null) : ControlAction;
