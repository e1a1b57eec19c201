using System.Collections.Concurrent;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>Settles what permitted actions owe: exactly one effect record each. Thread safe.</summary>
public sealed class Settlement(DispatchTable dispatches, DecisionEvidence evidence, TimeProvider time)
{
    /// <summary>How long after its decision an effect may be reported before it counts as unknown. An effect record is never changed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // What doors saw and the ledger did not take. Never more than what is owed; results are not kept.
    private readonly ConcurrentDictionary<DecisionId, EffectReport> _seen = new();

    /// <summary>
    /// Records what happened. For money, credential, destroy and egress it completes when the record is durable; for the rest at once,
    /// and the record follows. False when the effect was settled before, or the ledger could not take it.
    /// </summary>
    public async ValueTask<bool> SettleAsync(Dispatch dispatch, EffectReport report)
    {
        if (!dispatches.TryTake(dispatch.Decision, out var owed))
            return false;
        var recording = RecordAsync(owed, report);
        return !owed.Effect.AwaitsItsEffectRecord() || await recording;
    }

    /// <summary>
    /// Records what the ledger could not take before, and gives up on what has been owed for longer than <see cref="Patience"/>. Returns
    /// how many of those are settled with it.
    /// </summary>
    public async Task<int> GiveUpOnSilenceAsync()
    {
        foreach (var decision in _seen.Keys)
            await SettleOwedAsync(decision);
        return await GiveUpAsync(dispatches.OpenSince(time.GetUtcNow() - Patience));
    }

    /// <summary>
    /// Gives up, at a start, on what Writ's own doors had dispatched when it stopped: nobody is left who could tell. An enforcement point
    /// outside may still report, and keeps its time.
    /// </summary>
    public Task<int> GiveUpOnOwnDoorsAsync() => GiveUpAsync(dispatches.OpenSince(DateTimeOffset.MaxValue).Where(d => d.Enforcer is null));

    private async Task<int> GiveUpAsync(IEnumerable<Dispatch> silent)
    {
        var given = 0;
        foreach (var dispatch in silent)
        {
            if (await SettleOwedAsync(dispatch.Decision))
                given++;
        }

        return given;
    }

    private async Task<bool> SettleOwedAsync(DecisionId decision) =>
        dispatches.TryTake(decision, out var owed)
        && await RecordAsync(owed, _seen.GetValueOrDefault(decision) ?? new EffectReport(EffectStatus.Unknown, default));

    /// <summary>An effect that the ledger could not take stays owed, with what was seen, and is tried again.</summary>
    private async Task<bool> RecordAsync(Dispatch owed, EffectReport report)
    {
        var receipt = await evidence.RecordEffectAsync(owed, report);
        if (receipt.IsDurable)
        {
            _seen.TryRemove(owed.Decision, out _);
            return true;
        }

        if (report.Status != EffectStatus.Unknown)
            _seen[owed.Decision] = report with { Result = default };
        dispatches.Replay(owed);
        return false;
    }
}
