using System.Security.Cryptography;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Ledger.Rotation;
using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>
/// The keys of an installation, each in a file of its own in the configuration folder, mode 0600, made at the first start. A key that is
/// missing beside existing data is never made anew.
/// </summary>
internal sealed class InstallationKeys : IDisposable
{
    private InstallationKeys(Ed25519PrivateKey signing, KeyHistory history, SecretKey pepper) => (Signing, History, Pepper) = (signing, history, pepper);

    /// <summary>Signs checkpoints.</summary>
    public Ed25519PrivateKey Signing { get; }

    /// <summary>The keys that signed checkpoints, up to that one.</summary>
    public KeyHistory History { get; }

    /// <summary>Hashes the secrets of tokens.</summary>
    public SecretKey Pepper { get; }

    /// <summary>Names an action for an approval; derived, so that it needs no file.</summary>
    public byte[] ApprovalBindingKey => Derive("writ approval binding 1"u8);

    /// <summary>Vouches for where feeds have come to, which lies in the data folder; derived likewise.</summary>
    public byte[] FeedCursorKey => Derive("writ feed cursor 1"u8);

    /// <summary>Hashes the ids of resources; derived likewise.</summary>
    public byte[] ResourceKey => Derive("writ resource names 1"u8);

    /// <summary>Names shadow agents; derived likewise.</summary>
    public byte[] ShadowKey => Derive("writ shadow agents 1"u8);

    /// <summary>Vouches for fold snapshots, which lie in the data folder; derived likewise.</summary>
    public byte[] FoldSnapshotKey => Derive("writ fold snapshot 1"u8);

    /// <summary>The seed of the key that roots of delegation chains are signed with; derived likewise. Whoever had it could still mint none that is honoured: each is in the registry.</summary>
    public byte[] DelegationSeed => Derive("writ delegation roots 1"u8);

    /// <summary>The seed of the key that Writ's own requests to others are signed with; derived likewise.</summary>
    public byte[] RequestSeed => Derive("writ request signatures 1"u8);

    public static (InstallationKeys? Keys, InstallationFault? Fault) Open(ServerOptions options, bool isNew)
    {
        var folder = options.ConfigurationFolder;
        if (!TryOpen(Path.Combine(folder, "signing.key"), KeyPurpose.SigningKey, isNew, out var seed, out var fault))
            return (null, fault);
        using (seed)
        {
            var signing = Ed25519PrivateKey.FromSeed(seed!.Bytes);
            if (KeyHistoryFile.Read(folder, ref signing, out fault) is { } history
                && TryOpen(Path.Combine(folder, "pepper.key"), KeyPurpose.TokenPepper, isNew, out var pepper, out fault))
                return (new InstallationKeys(signing, history, pepper!), null);
            signing.Dispose();
            return (null, fault);
        }
    }

    /// <summary>Writes that another key follows, signed by both; durable before it returns.</summary>
    public InstallationFault? WriteHistory(string folder, string name, Ed25519PrivateKey next, DateTimeOffset at)
    {
        var path = KeyHistoryFile.PathIn(folder);
        try
        {
            using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(History.Rotate(name, Signing, next, at).ToBytes());
                file.Flush(flushToDisk: true);
            }

            File.Move(path + ".new", path, overwrite: true);
            KeyHistoryFile.Flush(folder); // before the new key takes its place
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new InstallationFault("WRIT9201", $"{path} cannot be written: {failure.Message}");
        }
    }

    public void Dispose()
    {
        Signing.Dispose();
        Pepper.Dispose();
    }

    private byte[] Derive(ReadOnlySpan<byte> purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Pepper.Bytes.ToArray(), 32, info: purpose.ToArray());

    private static bool TryOpen(string path, KeyPurpose purpose, bool isNew, out SecretKey? key, out InstallationFault? fault)
    {
        if (isNew && !File.Exists(path))
        {
            var made = SecretKey.TryCreateFile(path, purpose, out key, out var notMade);
            fault = made ? null : new InstallationFault("WRIT9201", notMade!.Message);
            return made;
        }

        var read = SecretKey.TryReadFile(path, purpose, out key, out var notRead);
        fault = read ? null : new InstallationFault("WRIT9201", $"{notRead!.Message} There is data that was written under this key: restore the file, a new key would not fit.");
        return read;
    }
}
