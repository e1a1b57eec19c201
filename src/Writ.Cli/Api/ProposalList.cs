namespace Writ.Cli.Api;

/// <summary>Bundles that wait for a second person.</summary>
internal sealed record ProposalList(IReadOnlyList<ProposalView> Proposals);
