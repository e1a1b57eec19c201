using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Tiles;

/// <summary>
/// A log as a stranger sees it: a checkpoint, tiles and entries that somebody serves or keeps (C2SP tlog-tiles). Nothing that is read is
/// believed until it has the root of a checkpoint that a policy accepts. Thread safe.
/// </summary>
/// <param name="reader">Where the log is.</param>
public sealed class TiledLog(ILogReader reader)
{
    private readonly TileFetch _fetch = new(reader);

    /// <summary>The checkpoint that is served now, if the policy accepts it.</summary>
    public async ValueTask<LogReading<SignedCheckpoint>> ReadCheckpointAsync(TrustPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var read = await reader.ReadAsync("checkpoint", SignedNote.MaxLength, cancellationToken).ConfigureAwait(false);
        return !read.IsFound ? Failed<SignedCheckpoint>(read.Fault)
            : policy.Accept(read.Bytes.Span, out var signed) is { } fault ? Failed<SignedCheckpoint>(fault)
            : new LogReading<SignedCheckpoint>.Read(signed!);
    }

    /// <summary>One entry with its proof that it is in the tree of <paramref name="checkpoint"/>, verified.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not below the checkpoint's size.</exception>
    public async ValueTask<LogReading<ProvedEntry>> ReadEntryAsync(ulong index, Checkpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, checkpoint.Size);
        var bundle = TilePath.Entries(index / TilePath.FullWidth);
        bundle = TilePath.Entries(bundle.Index, bundle.WidthAt(checkpoint.Size));
        var read = await _fetch.ReadAsync(bundle, cancellationToken).ConfigureAwait(false);
        if (!read.IsFound)
            return Failed<ProvedEntry>(read.Fault);
        var slice = EntryBundle.Slices(read.Bytes.Span, bundle.Width, longer: false)![(int)(index % TilePath.FullWidth)];
        var entry = read.Bytes.Slice(slice.Offset, slice.Length);

        var shape = ProofShape.Inclusion(index, checkpoint.Size);
        var tiles = new HashTiles(_fetch, checkpoint.Size);
        if (await tiles.FetchAsync(shape, cancellationToken).ConfigureAwait(false) is { } fault)
            return Failed<ProvedEntry>(fault);
        Hash256[] proof = [.. shape.Select(r => tiles.Subtree(r.Start, r.End))];
        return MerkleProof.VerifyInclusion(index, checkpoint.Size, MerkleHash.Leaf(entry.Span), proof, checkpoint.Root)
            ? new LogReading<ProvedEntry>.Read(new ProvedEntry(index, entry, proof))
            : Failed<ProvedEntry>(new LedgerFault(
                LedgerFaultKind.LogContradicted,
                $"entry {index} of {checkpoint.Origin} or the tiles beside it are not those of the checkpoint of size {checkpoint.Size}"));
    }

    /// <summary>
    /// The entries of one bundle of 256, as they are served and not proved: for looking through a log. What is to be relied on is read
    /// again by <see cref="ReadEntryAsync"/>.
    /// </summary>
    /// <param name="bundle">The bundle: entries from 256 times this on.</param>
    /// <param name="size">How many entries the log has; the last bundle has fewer than 256.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">A log of this size has no such bundle.</exception>
    public async ValueTask<LogReading<IReadOnlyList<ReadOnlyMemory<byte>>>> LookThroughAsync(ulong bundle, ulong size, CancellationToken cancellationToken = default)
    {
        var path = TilePath.Entries(bundle);
        path = TilePath.Entries(bundle, path.WidthAt(size));
        var read = await _fetch.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (!read.IsFound)
            return Failed<IReadOnlyList<ReadOnlyMemory<byte>>>(read.Fault);
        var slices = EntryBundle.Slices(read.Bytes.Span, path.Width, longer: false)!;
        return new LogReading<IReadOnlyList<ReadOnlyMemory<byte>>>.Read([.. slices.Select(slice => read.Bytes.Slice(slice.Offset, slice.Length))]);
    }

    /// <summary>The proof that the tree of <paramref name="to"/> only appends to that of <paramref name="from"/>, verified.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is larger than <paramref name="to"/>.</exception>
    public async ValueTask<LogReading<IReadOnlyList<Hash256>>> ProveConsistencyAsync(Checkpoint from, Checkpoint to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from.Size, to.Size);
        var shape = ProofShape.Consistency(from.Size, to.Size);
        var tiles = new HashTiles(_fetch, to.Size);
        if (await tiles.FetchAsync(shape, cancellationToken).ConfigureAwait(false) is { } fault)
            return Failed<IReadOnlyList<Hash256>>(fault);
        Hash256[] proof = [.. shape.Select(r => tiles.Subtree(r.Start, r.End))];
        return MerkleProof.VerifyConsistency(from.Size, to.Size, from.Root, to.Root, proof)
            ? new LogReading<IReadOnlyList<Hash256>>.Read(proof)
            : Failed<IReadOnlyList<Hash256>>(new LedgerFault(
                LedgerFaultKind.LogContradicted,
                $"{to.Origin} of size {to.Size} is not a continuation of what it was at size {from.Size}, or its tiles are not those of its checkpoint"));
    }

    /// <summary>Reads every tile of the tree of <paramref name="checkpoint"/>, and holds entries and tiles against its root.</summary>
    /// <param name="checkpoint">A checkpoint that was accepted.</param>
    /// <param name="withEntries">False for a log that shows its hashes alone.</param>
    /// <param name="progress">Told how many entries are done; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<TiledLogReport> VerifyAsync(
        Checkpoint checkpoint, bool withEntries = true, IProgress<ulong>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new TiledLogVerification(_fetch, checkpoint, withEntries).RunAsync(progress, cancellationToken);
    }

    private static LogReading<T> Failed<T>(LedgerFault fault) => new LogReading<T>.Failed(fault);
}
