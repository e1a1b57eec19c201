using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Writ.Governance.Records;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>
/// <c>backup.json</c>: what a backup holds, written last, so that one without it was cut short. What the logs hold is proved by their signed
/// checkpoints, not by this file; its digests show what decayed.
/// </summary>
/// <param name="Format">The format of the backup.</param>
/// <param name="TakenAt">When, UTC.</param>
/// <param name="TrustDomain">The installation's trust domain.</param>
/// <param name="Keys">The public keys that signed the checkpoints, the last one last, in base64.</param>
/// <param name="Logs">Each log, up to its signed checkpoint: that is what a restore brings back.</param>
/// <param name="Files">Every file but this one, by its path with slashes.</param>
public sealed record BackupManifest(
    int Format, DateTimeOffset TakenAt, string TrustDomain, ImmutableArray<string> Keys, ImmutableArray<BackedUpLog> Logs, ImmutableArray<BackedUpFile> Files)
{
    /// <summary>The format written today.</summary>
    public const int NewestFormat = 1;

    /// <summary>The file's name in the backup's folder.</summary>
    public const string FileName = "backup.json";

    private const long LongestFile = 64 << 20;

    /// <summary>Digests every file of a folder.</summary>
    internal static ImmutableArray<BackedUpFile> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path)))
            .Where(file => file.Name != FileName)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new BackedUpFile(file.Name, new FileInfo(file.Path).Length, Digest(file.Path))),
    ];

    /// <summary>Writes it durably.</summary>
    internal void WriteTo(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        JsonSerializer.Serialize(file, this, StrictJson.Options);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads the manifest of a backup and holds every file against it.</summary>
    /// <param name="folder">The backup.</param>
    /// <param name="digest">The manifest's own SHA-256, in hexadecimal.</param>
    /// <param name="fault">Why it is not to be used; null when it is whole.</param>
    public static BackupManifest? Read(string folder, out string digest, out InstallationFault? fault)
    {
        (digest, fault) = ("", null);
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > LongestFile)
            {
                fault = Broken($"{folder} holds no {FileName}: it is no backup, or one that was cut short");
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var manifest = JsonSerializer.Deserialize<BackupManifest>(bytes, StrictJson.Options);
            fault = manifest is not { Format: NewestFormat } ? Broken($"{path} has a format that this Writ does not read") : manifest.Differs(folder);
            return fault is null ? manifest : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            fault = Broken($"{path} cannot be read: {failure.Message}");
            return null;
        }
    }

    private InstallationFault? Differs(string folder)
    {
        var there = FilesIn(folder).ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var file in Files)
        {
            if (!there.Remove(file.Path, out var found) || found != file)
                return Broken($"{Path.Combine(folder, file.Path)} is missing or is not what was backed up");
        }

        return there.Count > 0 ? Broken($"{Path.Combine(folder, there.Keys.First())} is no part of the backup") : null;
    }

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static InstallationFault Broken(string what) => new("WRIT2093", $"{what}. Use another backup.");
}
