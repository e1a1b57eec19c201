using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The erasures of an organization, newest first.</summary>
internal sealed record ErasureList(ImmutableArray<ErasureView> Erasures);
