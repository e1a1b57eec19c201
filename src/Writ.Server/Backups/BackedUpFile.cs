namespace Writ.Server.Backups;

/// <summary>A file in a backup.</summary>
/// <param name="Path">Its path below the backup's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its digest, in hexadecimal.</param>
public sealed record BackedUpFile(string Path, long Bytes, string Sha256);
