using System.Text.Json.Nodes;
using Writ.Ledger.Verification;

namespace Writ.Server.Tests.Login;

/// <summary>The control log of a stopped installation.</summary>
internal static class ControlRecords
{
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(string folder)
    {
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = Path.Combine(folder, "data", "control") });
        var all = new List<JsonObject>();
        foreach (var log in report.Logs)
        {
            using var records = log.Log.ReadFrom();
            while (records.MoveNext())
                all.Add(JsonNode.Parse(records.Current.Bytes.Span)!.AsObject());
        }

        return all;
    }
}
