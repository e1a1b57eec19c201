namespace Writ.Governance.Policies.Importing;

/// <summary>How much a note of an import matters.</summary>
public enum ImportNoteKind
{
    /// <summary>It is carried, and worth knowing.</summary>
    Note,

    /// <summary>Two rules that the source decides between by priority: here the stricter one decides.</summary>
    Conflict,

    /// <summary>It is not carried: a person has to write it, or to see that it is not needed.</summary>
    NotCarried,
}
