using System.Security.Cryptography;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>
/// The keys of an installation, each in a file of its own in the configuration folder, mode 0600, made at the first start. A key that is
/// missing beside existing data is never made anew.
/// </summary>
internal sealed class InstallationKeys : IDisposable
{
    private InstallationKeys(Ed25519PrivateKey signing, SecretKey pepper) => (Signing, Pepper) = (signing, pepper);

    /// <summary>Signs checkpoints.</summary>
    public Ed25519PrivateKey Signing { get; }

    /// <summary>Hashes the secrets of tokens.</summary>
    public SecretKey Pepper { get; }

    /// <summary>Names an action for an approval; derived, so that it needs no file.</summary>
    public byte[] ApprovalBindingKey =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Pepper.Bytes.ToArray(), 32, info: "writ approval binding 1"u8.ToArray());

    public static (InstallationKeys? Keys, InstallationFault? Fault) Open(ServerOptions options, bool isNew)
    {
        var folder = options.ConfigurationFolder;
        if (!TryOpen(Path.Combine(folder, "signing.key"), KeyPurpose.SigningKey, isNew, out var seed, out var fault))
            return (null, fault);
        using (seed)
        {
            if (!TryOpen(Path.Combine(folder, "pepper.key"), KeyPurpose.TokenPepper, isNew, out var pepper, out fault))
                return (null, fault);
            return (new InstallationKeys(Ed25519PrivateKey.FromSeed(seed!.Bytes), pepper!), null);
        }
    }

    public void Dispose()
    {
        Signing.Dispose();
        Pepper.Dispose();
    }

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
