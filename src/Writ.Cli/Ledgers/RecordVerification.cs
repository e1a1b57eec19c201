using System.Text.Json.Nodes;
using Writ.Governance.Organizations;
using Writ.Governance.Records.Checks;
using Writ.Ledger.Verification;

namespace Writ.Cli.Ledgers;

/// <summary>What the records of an installation say of each other, beyond that none was altered.</summary>
internal sealed record RecordVerification(IReadOnlyList<RecordProblem> Problems, long Count, int Owed, int Erasures, long Erased, long Pruned, ulong PrunedRecords, long Unproved)
{
    /// <summary>Checks an installation's two ledgers; null where they are not both at hand.</summary>
    public static Task<RecordVerification?> CheckAsync(IReadOnlyList<(LedgerPlace Place, VerificationReport Report)> ledgers, CancellationToken cancellation) => Task.Run(() =>
    {
        if (LogsOf(ledgers, "control") is not { } control || LogsOf(ledgers, "decisions") is not { } decisions)
            return null;
        var check = new RecordCheck();
        Read(control, (organization, index, bytes, _) => check.AddControl(organization, index, bytes.Span), cancellation);
        foreach (var (log, organization) in Of(decisions).Where(log => log.Log.Log.MinimumIndex > 0))
            check.AddPruned(organization, log.Log.MinimumIndex, log.Log.RootAt(log.Log.MinimumIndex)?.ToHex() ?? "");
        Read(decisions, check.AddDecision, cancellation);
        return new RecordVerification(check.Problems, check.Count, check.Owed, check.Erasures, check.Erased, check.Pruned, check.PrunedRecords, check.Unproved);
    }, cancellation);

    public JsonNode ToJson() => new JsonObject
    {
        ["problems"] = Count,
        ["effects_owed"] = Owed,
        ["erasures"] = Erasures,
        ["payloads_erased"] = Erased,
        ["payloads_pruned"] = Pruned,
        ["records_pruned"] = PrunedRecords,
        ["unproved_for_pruned"] = Unproved,
        ["found"] = new JsonArray([.. Problems.Select(p => (JsonNode)new JsonObject
        {
            ["organization"] = p.Organization.ToString(), ["log"] = p.Log, ["index"] = p.Index, ["detail"] = p.Text,
        })]),
    };

    private static IReadOnlyList<LogReport>? LogsOf(IReadOnlyList<(LedgerPlace Place, VerificationReport Report)> ledgers, string name) =>
        ledgers.FirstOrDefault(l => l.Place.Name == name).Report?.Logs;

    private static IEnumerable<(LogReport Log, OrganizationId Organization)> Of(IReadOnlyList<LogReport> logs)
    {
        foreach (var log in logs)
        {
            if (log.Origin.Split('/') is [_, var name, _] && OrganizationId.TryParse(name, null, out var organization))
                yield return (log, organization);
        }
    }

    private static void Read(IReadOnlyList<LogReport> logs, Action<OrganizationId, ulong, ReadOnlyMemory<byte>, bool> add, CancellationToken cancellation)
    {
        foreach (var (log, organization) in Of(logs))
        {
            var pruned = log.PrunedPayloads.ToHashSet();
            using var records = log.Log.ReadFrom(log.Log.MinimumIndex);
            while (records.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                add(organization, records.Current.Index, records.Current.Bytes, pruned.Contains(records.Current.Index));
            }
        }
    }
}
