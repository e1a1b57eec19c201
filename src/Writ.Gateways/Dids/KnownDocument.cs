using Writ.Identity.Dids;

namespace Writ.Gateways.Dids;

/// <summary>A document as it was last read. For whoever has its turn.</summary>
internal sealed class KnownDocument : IDisposable
{
    /// <summary>One at a time reads and changes it.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public DidDocument? Document { get; private set; }

    public DateTimeOffset ReadAt { get; private set; }

    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>Takes what a fetch brought; nothing, where it failed.</summary>
    public void Take(DidDocument? document, DateTimeOffset now)
    {
        if (document is null)
            FailedAt = now;
        else
            (Document, ReadAt, FailedAt) = (document, now, null);
    }

    /// <summary>The document while it is young enough.</summary>
    public DidDocument? Current(DateTimeOffset now) => now - ReadAt < WebDidDocuments.Stale ? Document : null;

    public void Dispose() => Turn.Dispose();
}
