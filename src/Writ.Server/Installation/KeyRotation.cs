using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Ledger.Checkpoints;
using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>
/// Gives an installation another key for its checkpoints, while no server runs on it. In this order, so that it can be cut short anywhere:
/// the new key is written; the change is recorded in every control log; the last checkpoints are signed under the old key; the statement of
/// both keys is written; the new key takes the old one's place, which is gone then.
/// </summary>
public static class KeyRotation
{
    /// <summary>The keys before and after; or why nothing was changed.</summary>
    public static async Task<(Ed25519PublicKey? From, Ed25519PublicKey? To, InstallationFault? Fault)> RotateAsync(
        ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(options.ConfigurationFolder, "signing.key")))
            return (null, null, new InstallationFault("WRIT9201", $"{options.ConfigurationFolder} holds no installation: there is no signing.key"));
        var (installation, fault) = await OpenInstallation.OpenAsync(options, time, cancellation);
        if (installation is null)
            return (null, null, fault);
        try
        {
            await using (installation)
                return await RotateAsync(installation, options, time, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, null, new InstallationFault("WRIT9201", $"a key file cannot be replaced: {failure.Message}. The next start finishes what was stated, or goes on as before."));
        }
    }

    private static async Task<(Ed25519PublicKey? From, Ed25519PublicKey? To, InstallationFault? Fault)> RotateAsync(
        OpenInstallation installation, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var folder = options.ConfigurationFolder;
        File.Delete(KeyHistoryFile.NextIn(folder)); // one that is no part of the history was never used
        if (!SecretKey.TryCreateFile(KeyHistoryFile.NextIn(folder), KeyPurpose.SigningKey, out var seed, out var unmade))
            return (null, null, new InstallationFault("WRIT9201", unmade.Message));
        Ed25519PrivateKey next;
        using (seed)
            next = Ed25519PrivateKey.FromSeed(seed.Bytes);
        using (next)
        {
            var from = installation.SigningKey;
            if (await RecordAsync(installation, from, next.PublicKey, cancellation) is { } unrecorded)
                return (null, null, unrecorded);
            if (installation.Keys.WriteHistory(folder, options.TrustDomain, next, time.GetUtcNow()) is { } unwritten)
                return (null, null, unwritten);
            KeyHistoryFile.PutInPlace(folder);
            return (from, next.PublicKey, null);
        }
    }

    private static async Task<InstallationFault?> RecordAsync(OpenInstallation installation, Ed25519PublicKey from, Ed25519PublicKey to, CancellationToken cancellation)
    {
        var action = new SigningKeyRotated(Convert.ToBase64String(from.Bytes), Convert.ToBase64String(to.Bytes));
        foreach (var organization in installation.Services.Registry.Current.Organizations.Keys)
        {
            if (await installation.Services.Controls.TakeAsync(organization, null, Presence.Installation, _ => ControlPlan.Take(action), cancellation) is not ControlOutcome.Done)
                return new InstallationFault("WRIT2000", $"the rotation could not be recorded in the control log of {organization}: nothing is changed");
        }

        foreach (var ledger in new[] { installation.Control, installation.Decisions })
        {
            foreach (var log in ledger.Logs)
            {
                if (ledger.SignCheckpoint(log) is CheckpointSigning.Refused refused)
                    return new InstallationFault(refused.Fault.Code, refused.Fault.ToString());
            }
        }

        return null;
    }
}
