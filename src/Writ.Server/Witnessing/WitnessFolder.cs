using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Witnessing;
using Writ.Server.Installation;

namespace Writ.Server.Witnessing;

/// <summary>
/// The folder of a witness: <c>witness.key</c>, made at the first start and never again, <c>checkpoints/</c>, and the lock of the one
/// process that owns it.
/// </summary>
internal static class WitnessFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The witness; null and a fault where the folder cannot be taken. What has to be ended is added to <paramref name="begun"/>.</summary>
    public static LogWitness? Open(WitnessOptions options, TimeProvider time, Unwinding begun, out InstallationFault? fault)
    {
        var checkpoints = Path.Combine(options.Folder, "checkpoints");
        var file = Path.Combine(options.Folder, "witness.key");
        bool isNew;
        try
        {
            Directory.CreateDirectory(options.Folder, OwnerOnly);
            Directory.CreateDirectory(checkpoints, OwnerOnly);
            if (Own(Path.Combine(options.Folder, "owner.lock")) is not { } ownership)
            {
                fault = new InstallationFault("WRIT2021", $"another process owns {options.Folder}: stop it, a witness has one owner");
                return null;
            }

            begun.Add((IDisposable)ownership);
            isNew = !File.Exists(file) && !Directory.EnumerateFileSystemEntries(checkpoints).Any();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            fault = new InstallationFault("WRIT9200", $"the folder cannot be made: {problem.Message}");
            return null;
        }

        SecretKey? seed;
        KeyFileFault? unread;
        if (isNew ? !SecretKey.TryCreateFile(file, KeyPurpose.WitnessKey, out seed, out unread) : !SecretKey.TryReadFile(file, KeyPurpose.WitnessKey, out seed, out unread))
        {
            fault = new InstallationFault("WRIT9201", unread!.Message);
            return null;
        }

        Ed25519PrivateKey key;
        using (seed)
            key = Ed25519PrivateKey.FromSeed(seed!.Bytes);
        begun.Add(key);
        var witness = LogWitness.Start(options.Name, key, options.Logs, new CheckpointFolder(checkpoints), time, out var unkept);
        fault = unkept is null ? null : new InstallationFault(unkept.Code, unkept.ToString());
        return witness;
    }

    private static FileStream? Own(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
