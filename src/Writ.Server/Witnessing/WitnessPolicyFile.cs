using Writ.Ledger.Trust;
using Writ.Server.Installation;

namespace Writ.Server.Witnessing;

/// <summary>Reads the file that <c>ledger.witness_policy</c> names: witnesses with their addresses, and the quorum.</summary>
internal static class WitnessPolicyFile
{
    private const string Code = "WRIT9011";

    /// <summary>The policy; null, and everything that is wrong with its place, where it cannot be used.</summary>
    public static TrustPolicy? Read(string path, out InstallationFault? fault)
    {
        fault = null;
        byte[] bytes;
        try
        {
            using var file = File.OpenRead(path);
            bytes = new byte[Math.Min(file.Length, TrustPolicy.MaxFileLength + 1)];
            file.ReadExactly(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var why = failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message;
            fault = new InstallationFault(Code, $"ledger.witness_policy: {path}: {why}");
            return null;
        }

        if (!TrustPolicy.TryParse(bytes, out var policy, out var problems))
        {
            fault = new InstallationFault(Code, $"ledger.witness_policy: {string.Join("; ", problems.Select(p => $"{path}:{p.Line}: {p.Message}"))}");
            return null;
        }

        if (policy.Witnesses.FirstOrDefault(w => w.Address is null) is { } unreachable)
            fault = new InstallationFault(Code, $"ledger.witness_policy: {path}: the witness {unreachable.Name} has no address to be asked at: write it behind its key");
        else if (policy.Witnesses.Count == 0)
            fault = new InstallationFault(Code, $"ledger.witness_policy: {path} names no witness");
        return fault is null ? policy : null;
    }
}
