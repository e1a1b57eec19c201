namespace Writ.Cli.Api;

/// <summary>One of them, and the candidate's rules that would have decided.</summary>
internal sealed record DisagreementExample(string Decision, IReadOnlyList<string> Rules);
