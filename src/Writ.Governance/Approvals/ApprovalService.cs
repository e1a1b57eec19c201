using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Trust;

namespace Writ.Governance.Approvals;

/// <summary>Takes people's answers: checked, made durable, then counted. One at a time, so that the log's order is the board's.</summary>
public sealed class ApprovalService(ApprovalBoard board, IRecordLog log, PayloadSealer sealer, TimeProvider time, TrustBook? trust = null) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>The most bytes of evidence with one answer.</summary>
    public const int MaxEvidenceBytes = 1 << 20;

    /// <summary>Approves or rejects a request. Null when the answer counts; otherwise why it does not, and nothing changed.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="id">The request.</param>
    /// <param name="person">Who answers.</param>
    /// <param name="authority">How they proved to be there.</param>
    /// <param name="approve">What they say.</param>
    /// <param name="evidence">What the answer rests on; may be empty.</param>
    /// <param name="shown">The digest of what they were shown; null where they did not ask to see it.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    public async Task<ApprovalConflict?> AnswerAsync(
        OrganizationState organization, ApprovalId id, Person person, Authority authority, bool approve, ReadOnlyMemory<byte> evidence, Hash256? shown, CancellationToken cancellation)
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
            var at = time.GetUtcNow();
            if (!(await AppendAsync(request.Answered(person.Id, approve, people), person, authority, approve, evidence, shown, at)).IsDurable)
                return ApprovalConflict.NotRecorded;
            trust?.Answered(organization.Id, request.Agent, request.Decision, approve, at);
            return board.Decide(organization.Id, id, person, approve, people);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<RecordReceipt> AppendAsync(ApprovalRequest request, Person person, Authority authority, bool approve, ReadOnlyMemory<byte> evidence, Hash256? shown, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        SealedRecord? attached = null;
        if (!evidence.IsEmpty)
        {
            if (evidence.Length > MaxEvidenceBytes || !sealer.TrySeal(request.Organization, request.Subject, id, evidence.Span, out var made, out _))
                return new RecordReceipt(0, "the evidence cannot be sealed");
            attached = made;
        }

        using var writer = new JcsWriter();
        var record = new ApprovalAnswerRecord
        {
            Id = id,
            Request = request,
            Person = person.Id,
            Presence = authority.Presence,
            Proof = authority.Proof,
            Solo = authority.Solo,
            Approve = approve,
            Result = request.State,
            Evidence = attached,
            Shown = shown,
            At = at,
        };
        record.WriteTo(writer);
        return await log.AppendAsync(request.Organization, writer.WrittenMemory, attached?.Bytes ?? default, RecordClass.Reserved);
    }
}
