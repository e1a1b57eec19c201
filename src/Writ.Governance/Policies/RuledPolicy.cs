using Writ.Cedar.Policies;

namespace Writ.Governance.Policies;

/// <summary>A policy of a snapshot with what its annotations mean.</summary>
/// <param name="Policy">The Cedar policy; its id is the rule's name in records: <c>bundle/rule</c>.</param>
/// <param name="Discharge">How its forbid may be lifted.</param>
internal sealed record RuledPolicy(Policy Policy, Discharge Discharge);
