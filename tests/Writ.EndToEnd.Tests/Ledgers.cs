using System.Text.Json.Nodes;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Governance.Organizations;
using Writ.Governance.Records.Checks;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Verification;
using Writ.Testing;

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
        var check = new RecordCheck();
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
            foreach (var log in report.Logs)
                Check(check, ledger, log);
        }

        Assert.True(check.Count == 0, string.Join('\n', check.Problems));
    }

    /// <summary>The records of a stopped installation's ledger, in order.</summary>
    public static async Task<IReadOnlyList<JsonObject>> RecordsAsync(string folder, string ledger)
    {
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = Path.Combine(folder, "data", ledger) });
        var all = new List<JsonObject>();
        foreach (var log in report.Logs)
        {
            using var records = log.Log.ReadFrom();
            while (records.MoveNext())
                all.Add(JsonNode.Parse(records.Current.Bytes.Span)!.AsObject());
        }

        return all;
    }

    /// <summary>Every record is as the published schema says, and names nothing that is not in the logs.</summary>
    private static void Check(RecordCheck check, string ledger, LogReport log)
    {
        var organization = OrganizationId.Parse(log.Origin.Split('/')[1]);
        using var records = log.Log.ReadFrom();
        while (records.MoveNext())
        {
            RecordOracle.Check(records.Current.Bytes.Span);
            if (ledger == "control")
                check.AddControl(organization, records.Current.Index, records.Current.Bytes.Span);
            else
                check.AddDecision(organization, records.Current.Index, records.Current.Bytes);
        }
    }
}
