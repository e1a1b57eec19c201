using System.Collections.Immutable;

namespace Writ.Governance.Policies.Importing;

/// <summary>What came of an import.</summary>
/// <param name="Name">The name of the bundle and of its file.</param>
/// <param name="Yaml">The policy in the YAML form; empty where the file could not be read.</param>
/// <param name="Notes">Everything that a person has to look at.</param>
/// <param name="Problems">What kept the file from being read.</param>
public sealed record ImportResult(string Name, string Yaml, ImmutableArray<ImportNote> Notes, ImmutableArray<PolicyProblem> Problems)
{
    /// <summary>Whether the bundle decides as the source does under its strategy "deny overrides", and nothing was left out.</summary>
    public bool IsExact => Problems.IsEmpty && Notes.All(note => note.Kind == ImportNoteKind.Note);
}
