using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The heads of an organization's logs and the key that signs their checkpoints.</summary>
internal sealed record LedgerView(ImmutableArray<LogView> Logs, string VerifierKey);
