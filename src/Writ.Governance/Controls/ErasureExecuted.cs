namespace Writ.Governance.Controls;

/// <summary>The key is destroyed; every later start destroys it again, should an older key store have been restored.</summary>
public sealed record ErasureExecuted(Guid Id, Guid Key) : ControlAction;
