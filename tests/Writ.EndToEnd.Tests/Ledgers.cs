using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Verification;

namespace Writ.EndToEnd.Tests;

/// <summary>What an auditor would do with an installation's ledgers.</summary>
internal static class Ledgers
{
    /// <summary>Reads both ledgers from the first byte to the last, against the checkpoints that were kept apart.</summary>
    public static async Task VerifyAsync(string folder)
    {
        var config = Path.Combine(folder, "config");
        Assert.True(SecretKey.TryReadFile(Path.Combine(config, "signing.key"), KeyPurpose.SigningKey, out var seed, out _));
        using var signing = Ed25519PrivateKey.FromSeed(seed.Bytes);
        seed.Dispose();
        foreach (var ledger in new[] { "control", "decisions" })
        {
            var report = await LedgerVerifier.VerifyAsync(new VerificationOptions
            {
                DataFolder = Path.Combine(folder, "data", ledger),
                Checkpoints = new CheckpointFolder(Path.Combine(config, "checkpoints", ledger)),
                Keys = [signing.PublicKey],
            });
            Assert.True(report.IsSound, string.Join('\n', report.Findings));
            Assert.All(report.Logs, log => Assert.Equal(log.Size, log.CheckpointSize));
        }
    }
}
