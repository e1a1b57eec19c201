using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>Where one framed batch is to be written.</summary>
/// <param name="File">The segment.</param>
/// <param name="Segment">Its number.</param>
/// <param name="Offset">Where the batch starts.</param>
/// <param name="SegmentHeader">The segment's header, when this batch is its first: written before the batch, flushed with it.</param>
/// <param name="Retired">The segment before, which nothing writes to once the batches already framed are written.</param>
internal readonly record struct BatchPlace(IDiskFile File, ulong Segment, long Offset, AlignedMemory? SegmentHeader, IDiskFile? Retired)
{
    /// <summary>Writes header and batch; not yet flushed.</summary>
    public DiskFault? Write(ReadOnlySpan<byte> batch)
    {
        if (SegmentHeader is { } header && File.Write(0, header.Span) is { } fault)
            return fault;
        return File.Write(Offset, batch);
    }
}
