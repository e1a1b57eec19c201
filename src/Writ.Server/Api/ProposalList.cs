using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The bundles that wait for a second person, by name.</summary>
internal sealed record ProposalList(ImmutableArray<ProposalView> Proposals);
