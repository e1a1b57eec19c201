namespace Writ.Governance.Querying.Indexing;

/// <summary>What is known of a record once all its members are read, to join it to others.</summary>
internal struct RecordReading
{
    public ReadOnlyMemory<byte> Kind;
    public ReadOnlyMemory<byte> Status;
    public ReadOnlyMemory<byte> Error;
    public ReadOnlyMemory<byte> Person;
    public ReadOnlyMemory<byte> Answer;
    public ReadOnlyMemory<byte> Result;
    public ReadOnlyMemory<byte> ApprovalWord;
    public Guid Id;
    public Guid Decision;
    public Guid Approval;
    public long At;
    public long Microseconds;
    public long RequestedAt;
    public long ExpiresAt;
    public bool Permits;
    public bool Holds;
    public bool UsesApproval;
    public bool NamesApprovers;
}
