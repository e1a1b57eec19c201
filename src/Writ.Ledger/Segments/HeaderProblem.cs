namespace Writ.Ledger.Segments;

/// <summary>Why a segment header could not be read.</summary>
internal enum HeaderProblem
{
    None,

    /// <summary>Not a header of this family, or its checksum is wrong.</summary>
    Damaged,

    /// <summary>Intact, and of a format version this binary does not know.</summary>
    NewerFormat,
}
