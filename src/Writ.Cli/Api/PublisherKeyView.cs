namespace Writ.Cli.Api;

/// <summary>A key that bundles are signed with.</summary>
internal sealed record PublisherKeyView(string Id, string PublicKey, string Label, bool Revoked);
