namespace Writ.Cedar.Analysis;

/// <summary>How a place may stand: it can be read; its record is there and it is not; or neither, for it is poison or so is what it is in.</summary>
[Flags]
internal enum Access
{
    None = 0,
    Readable = 1,
    Absent = 2,
    Broken = 4,
    All = 7,
}
