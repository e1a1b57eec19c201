using System.Reflection;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Server.Metrics;

/// <summary>The process and its disk.</summary>
internal sealed class ProcessMetrics(string dataFolder, ClockWatch clock, TimeProvider time) : IMetricSource
{
    private static readonly string Version =
        typeof(ProcessMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        writer.Family("writ_build_info", MetricKind.Gauge, "Always 1; the version is a label.");
        writer.Sample(1, ("version", Version));
        writer.Family("process_start_time_seconds", MetricKind.Gauge, "When Writ started, in seconds since 1970-01-01 UTC.");
        writer.Sample((_started - DateTimeOffset.UnixEpoch).TotalSeconds);
        writer.Family("process_cpu_seconds_total", MetricKind.Counter, "Processor time of the process, in seconds.");
        writer.Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        writer.Family("process_resident_memory_bytes", MetricKind.Gauge, "Memory of the process that is in RAM.");
        writer.Sample(Environment.WorkingSet);
        writer.Family("writ_clock_unreliable", MetricKind.Gauge, "1 while nothing that cannot be undone is done because of the time, else 0.");
        writer.Sample(clock.Obstacle is null ? 0 : 1);
        var disk = new DriveInfo(dataFolder);
        writer.Family("writ_data_disk_free_bytes", MetricKind.Gauge, "What is free for Writ on the disk of the data folder.");
        writer.Sample(disk.AvailableFreeSpace);
        writer.Family("writ_data_disk_size_bytes", MetricKind.Gauge, "The size of the disk of the data folder.");
        writer.Sample(disk.TotalSize);
    }
}
