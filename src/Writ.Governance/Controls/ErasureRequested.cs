namespace Writ.Governance.Controls;

/// <summary>Somebody asks for a subject to be erased. The subject is named by its key, or as the agent it is: this log outlives it.</summary>
public sealed record ErasureRequested(Guid Id, string Subject, Guid Key, string Reason) : ControlAction;
