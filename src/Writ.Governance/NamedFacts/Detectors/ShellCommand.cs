using System.Collections.Immutable;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>One command of a script.</summary>
/// <param name="Words">Its words without quotes; null for one that only the shell will know.</param>
/// <param name="Inner">The scripts inside it, which run first.</param>
/// <param name="Writes">Whether its output goes into a file.</param>
internal sealed record ShellCommand(ImmutableArray<string?> Words, ImmutableArray<string> Inner, bool Writes);
