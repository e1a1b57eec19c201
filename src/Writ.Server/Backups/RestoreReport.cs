using System.Collections.Immutable;
using Writ.Governance.Controls;

namespace Writ.Server.Backups;

/// <summary>What a restore brought back.</summary>
/// <param name="Domain">The first part of the new names of the logs.</param>
/// <param name="Logs">Of each log, what was restored and what is known to be lost.</param>
/// <param name="VerifierKeys">The new logs' verifier keys, for their witnesses.</param>
/// <param name="Erased">How many keys were destroyed again.</param>
public sealed record RestoreReport(string Domain, ImmutableArray<RestoredLog> Logs, ImmutableArray<string> VerifierKeys, int Erased);
