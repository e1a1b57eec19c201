namespace Writ.Cli.Api;

/// <summary>The erasures of an organization.</summary>
internal sealed record ErasureList(IReadOnlyList<ErasureView> Erasures);
