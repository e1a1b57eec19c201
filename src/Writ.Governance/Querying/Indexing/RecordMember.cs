namespace Writ.Governance.Querying.Indexing;

/// <summary>A member of records that the index reads.</summary>
/// <param name="Name">Its name, in UTF-8.</param>
/// <param name="Column">Where its value goes; -1 where that depends.</param>
/// <param name="Reads">How it is read.</param>
internal readonly record struct RecordMember(byte[] Name, int Column, MemberReading Reads);
