using Writ.Governance.Organizations;
using Writ.Server.Archiving;
using Writ.Server.Scrubbing;

namespace Writ.Server.Metrics;

/// <summary>How old segments of the process's ledgers stand: read again, and archived.</summary>
internal sealed class SegmentMetrics(ScrubParts scrub, ArchiveParts archive) : IMetricSource
{
    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        writer.Family("writ_segments_full", MetricKind.Gauge, "Full segments of records and payloads.");
        foreach (var (name, scrubber) in scrub.Scrubbers)
            writer.Sample((long)scrubber.State.SealedSegments, ("ledger", name));
        writer.Family("writ_segments_damaged", MetricKind.Gauge, "Full segments that were not what was written when they were read again last.");
        foreach (var (name, scrubber) in scrub.Scrubbers)
            writer.Sample(scrubber.State.DamagedSegments, ("ledger", name));
        if (archive.Archivers.Count == 0)
            return;
        writer.Family("writ_archive_waiting_segments", MetricKind.Gauge, "Full segments that are not archived yet; absent where nothing is archived.");
        foreach (var archiver in archive.Archivers)
            writer.Sample((long)archiver.State.Waiting, ("ledger", archiver.Name));
        writer.Family("writ_archive_failing", MetricKind.Gauge, "1 while archiving does not go well, else 0; absent where nothing is archived.");
        foreach (var archiver in archive.Archivers)
            writer.Sample(archiver.State.Fault is null ? 0 : 1, ("ledger", archiver.Name));
    }
}
