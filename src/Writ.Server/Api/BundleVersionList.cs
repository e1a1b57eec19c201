using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The versions of a bundle that are kept, oldest publication first; what is tried stands last.</summary>
internal sealed record BundleVersionList(string Name, ImmutableArray<BundleVersionView> Versions);
