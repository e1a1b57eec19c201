using Writ.Crypto.Json;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Approvals;

/// <summary>Takes people's answers: checked, made durable, then counted. One at a time, so that the log's order is the board's.</summary>
public sealed class ApprovalService(ApprovalBoard board, IRecordLog log, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Approves or rejects a request. Null when the answer counts; otherwise why it does not, and nothing changed.</summary>
    public async Task<ApprovalConflict?> AnswerAsync(
        OrganizationState organization, ApprovalId id, Person person, Authority authority, bool approve, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (board.Obstacle(organization.Id, id, person) is { } obstacle)
                return obstacle;
            var request = board.Find(organization.Id, id)!;
            Person[] people = [.. organization.People.Values];
            var receipt = await AppendAsync(request.Answered(person.Id, approve, people), person, authority, approve);
            return receipt.IsDurable ? board.Decide(organization.Id, id, person, approve, people) : ApprovalConflict.NotRecorded;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<RecordReceipt> AppendAsync(ApprovalRequest request, Person person, Authority authority, bool approve)
    {
        using var writer = new JcsWriter();
        var record = new ApprovalAnswerRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Request = request,
            Person = person.Id,
            Presence = authority.Presence,
            Solo = authority.Solo,
            Approve = approve,
            Result = request.State,
            At = time.GetUtcNow(),
        };
        record.WriteTo(writer);
        return await log.AppendAsync(request.Organization, writer.WrittenMemory, default, RecordClass.Reserved);
    }
}
