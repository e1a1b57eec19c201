namespace Writ.Governance.Policies;

/// <summary>A rule of a snapshot, for lists of rules.</summary>
/// <param name="Name">As records name it: <c>bundle/rule</c>.</param>
/// <param name="Kind"><c>permit</c>, <c>forbid</c>, or the word of the discharge: <c>approval</c>, <c>user</c>, <c>constraint</c>, <c>remediation</c>.</param>
/// <param name="File">The file of its bundle it is written in.</param>
/// <param name="Line">From 1.</param>
/// <param name="HasConditions">Whether it asks anything beyond its scope.</param>
public sealed record RuleSummary(string Name, string Kind, string File, int Line, bool HasConditions);
