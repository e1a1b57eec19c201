namespace Writ.Governance.Policies.Testing;

/// <summary>A call and what has to come of it.</summary>
/// <param name="Name">Says what is tried.</param>
/// <param name="File">Where it is written.</param>
/// <param name="Line">From 1.</param>
/// <param name="Call">The call.</param>
/// <param name="Expected">What has to come of it.</param>
public sealed record PolicyCase(string Name, string File, int Line, TrialCall Call, CaseExpectation Expected);
