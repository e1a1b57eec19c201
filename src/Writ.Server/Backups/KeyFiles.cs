using Writ.Ledger.Disks;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>
/// The secrets of an installation, in a folder apart from its backup: whoever holds both can read everything, and keys that are erased must
/// not live on in every copy of the ledger. Each file has mode 0600.
/// </summary>
internal static class KeyFiles
{
    private const int LongestFile = 1 << 30;
    private const string MasterKey = "master.key";
    private const string VaultKeys = "vault.keys";

    /// <summary>Copies them out; those that are optional may be missing.</summary>
    public static InstallationFault? Save(ServerOptions options, string folder, string code) => Copy(
        [
            .. InConfiguration.Concat(AuthoritiesIn(options.ConfigurationFolder)).Select(file => (Path.Combine(options.ConfigurationFolder, file.Name), Path.Combine(folder, file.Name), file.IsRequired)),
            (options.MasterKeyFile, Path.Combine(folder, MasterKey), true),
            (Path.Combine(options.DataFolder, VaultKeys), Path.Combine(folder, VaultKeys), true),
        ], code);

    /// <summary>Puts them where an installation looks for them.</summary>
    public static InstallationFault? Restore(string folder, ServerOptions options, string code) => Copy(
        [
            .. InConfiguration.Concat(AuthoritiesIn(folder)).Select(file => (Path.Combine(folder, file.Name), Path.Combine(options.ConfigurationFolder, file.Name), file.IsRequired)),
            (Path.Combine(folder, MasterKey), options.MasterKeyFile, true),
            (Path.Combine(folder, VaultKeys), Path.Combine(options.DataFolder, VaultKeys), true),
        ], code);

    private static (string Name, bool IsRequired)[] InConfiguration =>
        [("signing.key", true), ("signing.keys", false), ("pepper.key", true), (OpenInstallation.AdministratorTokenFile, false)];

    private static IEnumerable<(string Name, bool IsRequired)> AuthoritiesIn(string folder) =>
        Directory.EnumerateFiles(folder, AuthorityKeys.FilePrefix + "*.key").Select(file => (Path.GetFileName(file), true));

    private static InstallationFault? Copy(IEnumerable<(string From, string To, bool IsRequired)> files, string code)
    {
        foreach (var (from, to, required) in files)
        {
            if (!File.Exists(from))
            {
                if (required)
                    return new InstallationFault(code, $"{from} is missing: without it what is sealed or signed cannot be read or gone on with");
                continue;
            }

            if (Copy(from, to) is { } fault)
                return new InstallationFault(code, fault.ToString());
        }

        return null;
    }

    // Read past the lock of a running server: the key store is only appended to or replaced whole, and a last frame that is cut is dropped.
    private static DiskFault? Copy(string from, string to)
    {
        if (!PosixDisk.Instance.TryOpen(from, DiskAccess.Read, out var source, out var fault))
            return fault;
        using (source)
        {
            if (source.Length > LongestFile)
                return new DiskFault("read", from, DiskFault.InputOutput);
            var bytes = new byte[source.Length];
            if (source.Read(0, bytes, out var count) is { } unread)
                return unread;
            // A master key that outlived the machine is as good as the one saved.
            if (File.Exists(to) && File.ReadAllBytes(to).AsSpan().SequenceEqual(bytes.AsSpan(0, count)))
                return null;
            using var file = new FileStream(to, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            file.Write(bytes.AsSpan(0, count));
            file.Flush(flushToDisk: true);
            return null;
        }
    }
}
