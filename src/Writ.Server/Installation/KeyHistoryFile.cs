using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Rotation;

namespace Writ.Server.Installation;

/// <summary>
/// <c>signing.keys</c> beside <c>signing.key</c>: which keys signed before. A rotation that was cut short between the two files is finished
/// at the next start, by the new key that lies ready in <c>signing.key.next</c>.
/// </summary>
internal static class KeyHistoryFile
{
    public static string PathIn(string folder) => Path.Combine(folder, "signing.keys");

    public static string NextIn(string folder) => Path.Combine(folder, "signing.key.next");

    /// <summary>The history that ends with the key that signs now, and that key; a fault where they do not fit.</summary>
    public static KeyHistory? Read(string folder, ref Ed25519PrivateKey current, out InstallationFault? fault)
    {
        try
        {
            return ReadOrThrow(folder, ref current, out fault);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            fault = new InstallationFault("WRIT9201", $"the key files in {folder} cannot be read or put in place: {failure.Message}");
            return null;
        }
    }

    private static KeyHistory? ReadOrThrow(string folder, ref Ed25519PrivateKey current, out InstallationFault? fault)
    {
        fault = null;
        var path = PathIn(folder);
        if (!File.Exists(path))
            return KeyHistory.Of(current.PublicKey);
        if (!KeyHistory.TryParse(File.ReadAllBytes(path), out var history, out var wrong))
        {
            fault = new InstallationFault("WRIT9201", $"{path}: {wrong.Detail}");
            return null;
        }

        if (history.Current.Equals(current.PublicKey))
            return history;
        if (Finish(folder, history) is { } next)
        {
            current.Dispose();
            current = next;
            return history;
        }

        fault = new InstallationFault("WRIT9201", $"{path} does not end with the key in {Path.Combine(folder, "signing.key")}: restore the two files together.");
        return null;
    }

    /// <summary>The new key takes the old one's place, durably.</summary>
    public static void PutInPlace(string folder)
    {
        File.Move(NextIn(folder), Path.Combine(folder, "signing.key"), overwrite: true);
        Flush(folder);
    }

    /// <summary>Renamed files survive a loss of power from here on.</summary>
    public static void Flush(string folder)
    {
        if (PosixDisk.Instance.FlushFolder(folder) is { } fault)
            throw new IOException(fault.ToString());
    }

    /// <summary>Puts the key that lies ready in place, if it is the one the history ends with.</summary>
    private static Ed25519PrivateKey? Finish(string folder, KeyHistory history)
    {
        if (!SecretKey.TryReadFile(NextIn(folder), KeyPurpose.SigningKey, out var seed, out _))
            return null;
        using (seed)
        {
            var next = Ed25519PrivateKey.FromSeed(seed.Bytes);
            if (history.Current.Equals(next.PublicKey))
            {
                PutInPlace(folder);
                return next;
            }

            next.Dispose();
            return null;
        }
    }
}
