using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Limits;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Governance.Telemetry;
using Writ.Governance.Trust;

namespace Writ.Governance.Tests.Folds;

/// <summary>A fold of a decision log and the parts of its state, in which nothing is at first.</summary>
internal sealed class Fold
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public Fold(IRecordLog log, PayloadSealer sealer, TimeProvider time)
    {
        (Tasks, Approvals, Dispatches, Archive) = (new TaskBook(time), new ApprovalBoard(time), new DispatchTable(time), new DecisionArchive(log, sealer));
        State = new DecisionLogFold(Tasks, Approvals, new RateBook(), Dispatches, Archive, new TraceLinks(), Trust, sealer, new ClockWatch(time));
    }

    public TaskBook Tasks { get; }

    public ApprovalBoard Approvals { get; }

    public DispatchTable Dispatches { get; }

    public DecisionArchive Archive { get; }

    public TrustBook Trust { get; } = new();

    public DecisionLogFold State { get; }

    public static FoldSnapshot Format { get; } = new(Key, FoldSnapshot.ThisBuild);

    /// <summary>A fold of everything in a log, without the names of users.</summary>
    public static async Task<Fold> OfAsync(MemoryRecordLog log, PayloadSealer sealer, TimeProvider time)
    {
        var fold = new Fold(log, sealer, time);
        await fold.State.FoldAsync(log, CancellationToken.None);
        return fold;
    }

    /// <summary>
    /// The law: the fold of all records is the fold of the first ones, kept and read again, and then of the rest. True where the first can be
    /// kept at all.
    /// </summary>
    public static async Task<bool> LawHoldsAsync(MemoryRecordLog log, PayloadSealer sealer, TimeProvider time, int first)
    {
        if (Format.Write((await OfAsync(log.First(first), sealer, time)).State) is not { } kept)
            return false;
        var begun = new Fold(log, sealer, time);
        Assert.IsType<FoldStart.Begun>(Format.Read(kept, begun.State, log));
        await begun.State.FoldAsync(log, CancellationToken.None);
        Assert.Equal(Format.Write((await OfAsync(log, sealer, time)).State), Format.Write(begun.State));
        return true;
    }
}
