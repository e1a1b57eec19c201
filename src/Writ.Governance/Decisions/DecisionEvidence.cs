using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
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

    internal async ValueTask<RecordedDecision> RecordAsync(Walk walk, Outcome outcome, ImmutableArray<string> rules, DecisionDetails details)
    {
        var facts = walk.Request.Facts;
        var named = FactRecord.Of(walk, details);
        if (!TrySeal(walk.Request, details, named, out var payload, out var arguments, out var fault))
            return new RecordedDecision(new RecordReceipt(0, fault), default, default);

        using var writer = new JcsWriter();
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
        record.WriteTo(writer);
        if (writer.Written.Length > IRecordLog.MaxRecordBytes)
            return new RecordedDecision(RecordReceipt.TooLong, payload.Subject, default);
        var started = time.GetTimestamp();
        var receipt = await log.AppendAsync(facts.Organization, writer.WrittenMemory, payload.Bytes, RecordClass.Ordinary);
        if (receipt.IsDurable)
        {
            archive.Remember(walk.Request.Id, facts.Organization, receipt.Index, details.Escalation);
            meters?.Of(facts.Organization).Decided(outcome, details.Reason, walk.Elapsed);
            links?.Remember(walk.Request, outcome);
            trust?.Decided(walk, outcome, details.Reason, rules.AsSpan());
        }

        return new RecordedDecision(receipt, payload.Subject, time.GetElapsedTime(started));
    }

    /// <summary>Records what happened. The dispatch must have been taken from the table first.</summary>
    public async ValueTask<RecordReceipt> RecordEffectAsync(Dispatch dispatch, EffectReport report)
    {
        var at = time.GetUtcNow();
        var id = Guid.CreateVersion7(at);
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
        ActionRequest request, DecisionDetails details, ImmutableArray<NamedFact> named, out SealedRecord made, out Commitment arguments, out string fault)
    {
        Span<byte> salt = stackalloc byte[Commitment.SaltLength];
        arguments = Commitment.Create(request.Arguments.Canonical.Span, salt);
        using var payload = new JcsWriter();
        DecisionPayload.WriteTo(payload, request, details, named, new Hash256(salt));
        return sealer.TrySeal(request.Facts.Organization, PayloadSubject.Of(request.Facts), request.Id.Value, payload.Written, out made, out fault);
    }
}
