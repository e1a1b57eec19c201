using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Ledger;
using Writ.Server.Installation;
using Writ.Server.Witnessing;

namespace Writ.Server.Metrics;

/// <summary>The two ledgers of the process, and the two logs of the organization in them.</summary>
internal sealed class LedgerMetrics(OpenInstallation installation, WitnessParts witnesses) : IMetricSource
{
    private readonly (string Name, MerkleLedger Ledger, EmbeddedLog Way)[] _ledgers =
    [
        ("control", installation.Control, installation.ControlLog),
        ("decisions", installation.Decisions, installation.DecisionLog),
    ];

    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        WriteLedgers(writer);
        WriteLogs(writer, organization);
        WriteAppends(writer, organization);
    }

    private void WriteLedgers(MetricWriter writer)
    {
        writer.Family("writ_ledger_fenced", MetricKind.Gauge, "1 while a ledger takes no records until it is opened again, else 0.");
        foreach (var (name, ledger, _) in _ledgers)
            writer.Sample(ledger.Fence is null ? 0 : 1, ("ledger", name));
        writer.Family("writ_checkpoint_failing", MetricKind.Gauge, "1 while the last checkpoint that was due could not be signed, else 0.");
        foreach (var (name, ledger, _) in _ledgers)
            writer.Sample(ledger.CheckpointFault is null ? 0 : 1, ("ledger", name));
        writer.Family("writ_ledger_queue_records", MetricKind.Gauge, "Records that wait for the disk.");
        foreach (var (name, ledger, _) in _ledgers)
            writer.Sample(ledger.QueueDepth, ("ledger", name));
        writer.Family("writ_ledger_flush_seconds", MetricKind.Histogram, "How long each flush to the disk took.");
        foreach (var (name, ledger, _) in _ledgers)
            writer.Histogram(ledger.FlushTimes.Read(), ("ledger", name));
    }

    private void WriteLogs(MetricWriter writer, OrganizationId organization)
    {
        var own = ("organization", organization.ToString());
        var logs = _ledgers.Select(l => (l.Name, l.Ledger, Log: l.Ledger.FindLog(l.Way.OriginOf(organization)))).Where(l => l.Log is not null).ToList();
        writer.Family("writ_ledger_records", MetricKind.Gauge, "Records in the log.");
        foreach (var (name, _, log) in logs)
            writer.Sample((long)log!.Head.Size, own, ("log", name));
        writer.Family("writ_checkpoint_age_seconds", MetricKind.Gauge, "For how long the log has had records that no signed checkpoint covers; 0 while all are covered.");
        foreach (var (name, ledger, log) in logs)
            writer.Sample(ledger.UncoveredFor(log!).TotalSeconds, own, ("log", name));
        writer.Family("writ_ledger_unsigned_records", MetricKind.Gauge, "Records that no signed checkpoint covers.");
        foreach (var (name, ledger, log) in logs)
            writer.Sample(Beyond(log!, ledger.LastCheckpoint(log!)?.Checkpoint.Size), own, ("log", name));
        writer.Family("writ_ledger_unwitnessed_records", MetricKind.Gauge, "Records that no checkpoint with the witnesses' quorum covers; absent where there are no witnesses.");
        foreach (var (name, ledger, log) in logs)
        {
            if (witnesses.Of(ledger, log!) is { } witnessed)
                writer.Sample(Beyond(log!, witnessed.Witnessed?.Checkpoint.Size), own, ("log", name));
        }

        writer.Family("writ_witness_lag_records", MetricKind.Gauge, "Records that a witness has not cosigned a checkpoint of.");
        foreach (var (name, ledger, log) in logs)
        {
            foreach (var state in witnesses.Of(ledger, log!)?.States ?? [])
                writer.Sample(Beyond(log!, state.CosignedSize), own, ("log", name), ("witness", state.Witness));
        }
    }

    private void WriteAppends(MetricWriter writer, OrganizationId organization)
    {
        var own = ("organization", organization.ToString());
        var meters = _ledgers.Select(l => (l.Name, Meter: l.Way.MeterOf(organization))).Where(l => l.Meter is not null).ToList();
        writer.Family("writ_ledger_append_seconds", MetricKind.Histogram, "How long each append took until it was durable.");
        foreach (var (name, meter) in meters)
            writer.Histogram(meter!.Times.Read(), own, ("log", name));
        writer.Family("writ_ledger_appends_refused_total", MetricKind.Counter, "Appends that the ledger did not take, or may not have taken, since the start.");
        foreach (var (name, meter) in meters)
            writer.Sample(meter!.Refused, own, ("log", name));
        writer.Family("writ_ledger_record_bytes_total", MetricKind.Counter, "Bytes of records written since the start.");
        foreach (var (name, meter) in meters)
            writer.Sample(meter!.RecordBytes, own, ("log", name));
        writer.Family("writ_vault_payload_bytes_total", MetricKind.Counter, "Bytes of sealed payloads written since the start.");
        foreach (var (name, meter) in meters)
            writer.Sample(meter!.PayloadBytes, own, ("log", name));
    }

    private static long Beyond(LogicalLog log, ulong? covered) => (long)(log.Head.Size - Math.Min(log.Head.Size, covered ?? 0));
}
