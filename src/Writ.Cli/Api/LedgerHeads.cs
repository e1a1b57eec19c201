namespace Writ.Cli.Api;

/// <summary>The heads of an organization's logs, and the key that signs them; and how the segments stand that hold them, where the server says so.</summary>
internal sealed record LedgerHeads(IReadOnlyList<LogHeadView> Logs, string VerifierKey)
{
    public IReadOnlyList<ScrubView>? Scrub { get; init; }

    public IReadOnlyList<ArchiveView>? Archive { get; init; }
}
