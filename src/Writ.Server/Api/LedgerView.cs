using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The heads of an organization's logs and the key that signs their checkpoints; and how the segments stand that hold them.</summary>
internal sealed record LedgerView(ImmutableArray<LogView> Logs, string VerifierKey, ImmutableArray<ScrubView> Scrub)
{
    /// <summary>How far each ledger is archived; null where there is no archive.</summary>
    public ImmutableArray<ArchiveView>? Archive { get; init; }
}
