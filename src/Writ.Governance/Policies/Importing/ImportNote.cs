namespace Writ.Governance.Policies.Importing;

/// <summary>Something that a person has to look at after an import.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Line">Where, in the file that was imported.</param>
/// <param name="Column">Where on the line.</param>
/// <param name="Message">What it is.</param>
public sealed record ImportNote(ImportNoteKind Kind, int Line, int Column, string Message);
