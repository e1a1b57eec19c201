namespace Writ.Cli.Api;

/// <summary>Decisions that had one outcome and would have another.</summary>
internal sealed record DisagreementView(string Decided, string Candidate, long Count, bool Looser, IReadOnlyList<DisagreementExample> Newest);
