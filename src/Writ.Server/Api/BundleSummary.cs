using Writ.Governance.Policies;

namespace Writ.Server.Api;

internal sealed record BundleSummary(string Name, string Version, BundleTier Tier, string Digest);
