using System.Text.Json;
using Writ.Crypto.Vault;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>Erasures that came after a backup, as <c>GET /v1/erasures</c> listed them: carried out again before anything is read.</summary>
internal static class LaterErasures
{
    private const string Code = "WRIT2094";
    private const long LongestFile = 16 << 20;

    /// <summary>Destroys the keys of everybody whose erasure was confirmed; which keys, or why not.</summary>
    public static (IReadOnlyList<Guid> Keys, InstallationFault? Fault) Replay(string file, SubjectKeyRing ring, OrganizationId organization)
    {
        try
        {
            if (!File.Exists(file) || new FileInfo(file).Length > LongestFile)
                return ([], new InstallationFault(Code, $"{file} is no list of erasures: there is no such file, or it is too long"));
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var (sealer, keys) = (new PayloadSealer(ring), new List<Guid>());
            foreach (var erasure in document.RootElement.GetProperty("erasures").EnumerateArray())
            {
                if (erasure.GetProperty("state").GetString() is not ("confirmed" or "executed"))
                    continue;
                if (KeyOf(erasure.GetProperty("subject").GetString() ?? "", sealer, organization) is not { } key)
                    continue; // nothing is sealed for it here: it came after the backup as a whole
                if (sealer.Destroy(organization, key) is { } fault)
                    return ([], new InstallationFault(Code, $"a key that was erased cannot be destroyed again: {fault}"));
                keys.Add(key);
            }

            return (keys, null);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ([], new InstallationFault(Code, $"{file} is not what GET /v1/erasures says: {failure.Message}"));
        }
    }

    // A user is named by its key; an agent by itself.
    private static Guid? KeyOf(string subject, PayloadSealer sealer, OrganizationId organization) =>
        subject.StartsWith("user/", StringComparison.Ordinal) && Guid.TryParseExact(subject["user/".Length..], "D", out var key) ? key
        : PayloadSubject.Parse(subject) is { } parsed ? sealer.KeyOf(organization, parsed)
        : null;
}
