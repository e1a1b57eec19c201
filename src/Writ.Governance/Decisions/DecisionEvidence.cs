using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Crypto.Randomness;
using Writ.Crypto.Sealing;
using Writ.Governance.Metering;
using Writ.Governance.NamedFacts;
using Writ.Governance.Records;
using Writ.Governance.Telemetry;
using Writ.Governance.Trust;

namespace Writ.Governance.Decisions;

/// <summary>Makes decisions and effects durable: the payload sealed in the vault, the record in the ledger. Thread safe.</summary>
public sealed class DecisionEvidence(IRecordLog log, PayloadSealer sealer, DecisionArchive archive, ResourceNames resources, TimeProvider time, DecisionMeters? meters = null, TraceLinks? links = null, TrustBook? trust = null)
{
    /// <summary>The most bytes of a result that are kept; what is beyond is cut.</summary>
    public const int MaxResultBytes = 1 << 20;

    private readonly SparePool<EvidenceScratch> _scratch = new();

    /// <summary>Guarded by the bench <c>ledger</c>. Await what it returns once.</summary>
    internal ValueTask<RecordedDecision> RecordAsync(Walk walk, Outcome outcome, ImmutableArray<string> rules, DecisionDetails details)
    {
        var scratch = _scratch.Take();
        try
        {
            var named = FactRecord.Of(walk, details);
            if (!TrySeal(scratch, walk.Request, details, named, out var payload, out var arguments, out var fault))
                return ValueTask.FromResult(new RecordedDecision(new RecordReceipt(0, fault), default, default));
            var facts = walk.Request.Facts;
            var record = new DecisionRecord
            {
                Walk = walk,
                Outcome = outcome,
                Rules = rules,
                Details = details,
                NamedFacts = named,
                Subject = payload.Subject,
                Commitment = payload.Commitment,
                Arguments = arguments,
                Resources = resources.Of(facts.Organization, walk.Request.Tool?.Classification, (details.Effective ?? walk.Request.Arguments).Value, out var omitted),
                ResourcesOmitted = omitted,
            };
            record.WriteTo(scratch.Record);
            if (scratch.Record.Written.Length > IRecordLog.MaxRecordBytes)
                return ValueTask.FromResult(new RecordedDecision(RecordReceipt.TooLong, payload.Subject, default));
            var started = time.GetTimestamp();
            return RememberAsync(
                log.AppendAsync(facts.Organization, scratch.Record.WrittenMemory, scratch.Sealed, RecordClass.Ordinary),
                new Appending(walk, outcome, rules, details, payload.Subject, started));
        }
        finally
        {
            // The log has copied what it needs.
            scratch.Reset();
            if (scratch.IsWorthKeeping)
                _scratch.Return(scratch);
            else
                scratch.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RecordedDecision> RememberAsync(ValueTask<RecordReceipt> appending, Appending decision)
    {
        var receipt = await appending.ConfigureAwait(false);
        if (receipt.IsDurable)
        {
            var (request, details) = (decision.Walk.Request, decision.Details);
            var organization = request.Facts.Organization;
            archive.Remember(request.Id, organization, receipt.Index, details.Escalation);
            meters?.Of(organization).Decided(decision.Outcome, details.Reason, decision.Walk.Elapsed);
            links?.Remember(request, decision.Outcome);
            trust?.Decided(decision.Walk, decision.Outcome, details.Reason, decision.Rules.AsSpan());
        }

        return new RecordedDecision(receipt, decision.Subject, time.GetElapsedTime(decision.Started));
    }

    /// <summary>Records what happened. The dispatch must have been taken from the table first.</summary>
    public async ValueTask<RecordReceipt> RecordEffectAsync(Dispatch dispatch, EffectReport report)
    {
        var at = time.GetUtcNow();
        var id = Uuid7.New(at);
        SealedRecord payload = default;
        var kept = report.Result.Span[..Math.Min(report.Result.Length, MaxResultBytes)];
        // Whose key was destroyed meanwhile has no result kept.
        var isKept = !kept.IsEmpty && sealer.TrySeal(dispatch.Organization, dispatch.Subject, id, kept, out payload, out _);

        using var writer = new JcsWriter();
        var record = new EffectRecord
        {
            Id = id,
            Dispatch = dispatch,
            Report = report,
            Commitment = isKept ? payload.Commitment : null,
            Subject = payload.Subject,
            At = at,
        };
        record.WriteTo(writer);
        var receipt = await log.AppendAsync(dispatch.Organization, writer.WrittenMemory, payload.Bytes, RecordClass.Reserved);
        if (receipt.IsDurable)
        {
            archive.RememberEffect(dispatch.Organization, dispatch.Decision, receipt.Index);
            meters?.Of(dispatch.Organization).Settled(report.Status);
            trust?.Settled(dispatch, report.Status, at);
        }

        return receipt;
    }

    /// <summary>Seals what the agent wrote. The arguments have a commitment of their own, so that they can be shown without all the rest.</summary>
    private bool TrySeal(
        EvidenceScratch scratch, ActionRequest request, DecisionDetails details, ImmutableArray<NamedFact> named, out SealedSubject made, out Commitment arguments, out string fault)
    {
        Span<byte> salt = stackalloc byte[Commitment.SaltLength];
        arguments = Commitment.Create(request.Arguments.Canonical.Span, salt);
        DecisionPayload.WriteTo(scratch.Payload, request, details, named, new Hash256(salt));
        return sealer.TrySeal(
            request.Facts.Organization, PayloadSubject.Of(request.Facts), request.Id.Value, scratch.Payload.Written, scratch.RoomToSeal(), out made, out fault);
    }

    private readonly record struct Appending(
        Walk Walk, Outcome Outcome, ImmutableArray<string> Rules, DecisionDetails Details, PayloadSubject Subject, long Started);
}
