namespace Writ.Cli.Api;

/// <summary>A published bundle and the snapshot that holds now.</summary>
internal sealed record BundleAnswer(string Name, string Version, string Digest, string Snapshot);
