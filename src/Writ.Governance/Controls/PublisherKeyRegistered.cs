namespace Writ.Governance.Controls;

/// <summary>Bundles may be signed with a key; its public half, in base64url.</summary>
public sealed record PublisherKeyRegistered(string KeyId, string PublicKey, string Label) : ControlAction;
