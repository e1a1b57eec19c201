namespace Writ.Server.Api;

/// <summary>A published bundle and the snapshot it is part of.</summary>
internal sealed record BundleAnswer(string Name, string Version, string Digest, string Snapshot);
