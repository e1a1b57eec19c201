namespace Writ.Governance.Controls;

/// <summary>A directory says nothing any more; whom it spoke of stay as they are.</summary>
public sealed record DirectoryClientRevoked(string KeyId, string Reason) : ControlAction;
