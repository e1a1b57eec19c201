using System.Collections.Immutable;

namespace Writ.Governance.Controls;

/// <summary>
/// The installation was restored from a backup, and its logs go on under new names. The first record of the restored control log. Only the
/// installation itself takes this action, on its own machine; until people confirm it nothing is decided.
/// </summary>
/// <param name="Domain">The first part of the new names of the logs.</param>
/// <param name="Backup">The SHA-256 of the backup's manifest.</param>
/// <param name="Logs">Of each log, what was restored and what is known to be lost.</param>
/// <param name="Erased">The keys that were destroyed again because they had been erased after the backup.</param>
public sealed record InstallationRestored(string Domain, string Backup, ImmutableArray<RestoredLog> Logs, ImmutableArray<Guid> Erased) : ControlAction;
