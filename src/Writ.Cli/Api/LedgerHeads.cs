namespace Writ.Cli.Api;

/// <summary>The heads of an organization's logs, and the key that signs them.</summary>
internal sealed record LedgerHeads(IReadOnlyList<LogHeadView> Logs, string VerifierKey);
