using Writ.Crypto.Json;
using Writ.Crypto.Sealing;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Approvals;

/// <summary>Takes people's answers: checked, made durable, then counted. One at a time, so that the log's order is the board's.</summary>
public sealed class ApprovalService(ApprovalBoard board, IRecordLog log, PayloadSealer sealer, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>The most bytes of evidence with one answer.</summary>
    public const int MaxEvidenceBytes = 1 << 20;

    /// <summary>Approves or rejects a request. Null when the answer counts; otherwise why it does not, and nothing changed.</summary>
    public async Task<ApprovalConflict?> AnswerAsync(
        OrganizationState organization, ApprovalId id, Person person, Authority authority, bool approve, ReadOnlyMemory<byte> evidence, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (board.Obstacle(organization.Id, id, person) is { } obstacle)
                return obstacle;
            var request = board.Find(organization.Id, id)!;
            if (approve && evidence.IsEmpty && request.Asks.Any(ask => ask.NeedsEvidence && ask.Admits(person)))
                return ApprovalConflict.EvidenceMissing;
            Person[] people = [.. organization.People.Values];
            var receipt = await AppendAsync(request.Answered(person.Id, approve, people), person, authority, approve, evidence);
            return receipt.IsDurable ? board.Decide(organization.Id, id, person, approve, people) : ApprovalConflict.NotRecorded;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<RecordReceipt> AppendAsync(ApprovalRequest request, Person person, Authority authority, bool approve, ReadOnlyMemory<byte> evidence)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        ReadOnlyMemory<byte> sealedEvidence = default;
        Commitment? commitment = null;
        if (!evidence.IsEmpty)
        {
            if (evidence.Length > MaxEvidenceBytes || !sealer.TrySeal(request.Organization, $"agent/{request.Agent}", id, evidence.Span, out sealedEvidence, out var made, out _))
                return new RecordReceipt(0, "the evidence cannot be sealed");
            commitment = made;
        }

        using var writer = new JcsWriter();
        var record = new ApprovalAnswerRecord
        {
            Id = id,
            Request = request,
            Person = person.Id,
            Presence = authority.Presence,
            Solo = authority.Solo,
            Approve = approve,
            Result = request.State,
            Evidence = commitment,
            At = time.GetUtcNow(),
        };
        record.WriteTo(writer);
        return await log.AppendAsync(request.Organization, writer.WrittenMemory, sealedEvidence, RecordClass.Reserved);
    }
}
