namespace Writ.Cli.Api;

/// <summary>What people see of an agent.</summary>
internal sealed record AgentView(
    string Id, string Name, string Lifecycle, string Version, string Environment, string Owner, IReadOnlyList<string> Grants,
    string? BackupOwner = null, CeilingView? TaskCeiling = null, OfferView? Offer = null,
    string Visibility = "personal", IReadOnlyList<ConsentView>? Consents = null);
