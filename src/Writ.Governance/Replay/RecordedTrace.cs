namespace Writ.Governance.Replay;

/// <summary>What replay looks at of one recorded run: nothing that says how it ended.</summary>
/// <param name="Id">Names the run in the decisions file.</param>
/// <param name="Suite">The set of tools it had.</param>
/// <param name="Calls">Its calls, in order.</param>
public sealed record RecordedTrace(string Id, string Suite, IReadOnlyList<RecordedCall> Calls);
