using System.Collections.Immutable;
using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.NamedFacts;
using Writ.Governance.Records;

namespace Writ.Governance.Decisions;

/// <summary>Makes decisions and effects durable: the payload sealed in the vault, the record in the ledger. Thread safe.</summary>
public sealed class DecisionEvidence(IRecordLog log, PayloadSealer sealer, DecisionArchive archive, TimeProvider time)
{
    /// <summary>The most bytes of a result that are kept; what is beyond is cut.</summary>
    public const int MaxResultBytes = 1 << 20;

    internal async ValueTask<RecordReceipt> RecordAsync(Walk walk, Outcome outcome, ImmutableArray<string> rules, DecisionDetails details)
    {
        var facts = walk.Request.Facts;
        var subject = DispatchTable.SubjectOf(facts);
        var named = FactRecord.Of(walk, details);
        using var payload = new JcsWriter();
        DecisionPayload.WriteTo(payload, walk.Request, details, named);
        if (!sealer.TrySeal(facts.Organization, subject, walk.Request.Id.Value, payload.Written, out var sealedPayload, out var commitment, out var fault))
            return new RecordReceipt(0, fault);

        using var writer = new JcsWriter();
        var record = new DecisionRecord
        {
            Walk = walk,
            Outcome = outcome,
            Rules = rules,
            Details = details,
            NamedFacts = named,
            Subject = subject,
            Commitment = commitment,
        };
        record.WriteTo(writer);
        if (writer.Written.Length > IRecordLog.MaxRecordBytes)
            return RecordReceipt.TooLong;
        var receipt = await log.AppendAsync(facts.Organization, writer.WrittenMemory, sealedPayload, RecordClass.Ordinary);
        if (receipt.IsDurable)
            archive.Remember(walk.Request.Id, facts.Organization, receipt.Index, details.Escalation);
        return receipt;
    }

    /// <summary>Records what happened. The dispatch must have been taken from the table first.</summary>
    public async ValueTask<RecordReceipt> RecordEffectAsync(Dispatch dispatch, EffectReport report)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        ReadOnlyMemory<byte> sealedPayload = default;
        Commitment? commitment = null;
        if (!report.Result.IsEmpty)
        {
            var kept = report.Result.Span[..Math.Min(report.Result.Length, MaxResultBytes)];
            if (sealer.TrySeal(dispatch.Organization, dispatch.Subject, id, kept, out sealedPayload, out var made, out _))
                commitment = made;
        }

        using var writer = new JcsWriter();
        var record = new EffectRecord
        {
            Id = id,
            Dispatch = dispatch,
            Status = report.Status,
            Error = report.Error,
            Commitment = commitment,
            At = time.GetUtcNow(),
        };
        record.WriteTo(writer);
        var receipt = await log.AppendAsync(dispatch.Organization, writer.WrittenMemory, sealedPayload, RecordClass.Reserved);
        if (receipt.IsDurable)
            archive.RememberEffect(dispatch.Decision, receipt.Index);
        return receipt;
    }
}
