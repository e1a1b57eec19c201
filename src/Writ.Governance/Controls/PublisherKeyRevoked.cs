namespace Writ.Governance.Controls;

/// <summary>Nothing that a key signed is published from here on.</summary>
public sealed record PublisherKeyRevoked(string KeyId, string Reason) : ControlAction;
