using System.Collections.Immutable;
using Writ.Governance.Policies.Linting;

namespace Writ.Server.Api;

/// <summary>What lint finds in a bundle.</summary>
internal sealed record LintAnswer(ImmutableArray<LintFinding> Findings);
