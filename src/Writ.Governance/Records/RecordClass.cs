namespace Writ.Governance.Records;

/// <summary>Which space a record may use when the disk runs low.</summary>
public enum RecordClass
{
    /// <summary>Decisions and tasks: refused first, so that what follows from earlier decisions still fits.</summary>
    Ordinary,

    /// <summary>Control records, approvals and effects: may use the reserve.</summary>
    Reserved,
}
