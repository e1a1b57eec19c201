namespace Writ.Server.Backups;

/// <summary>A log in a backup, up to its signed checkpoint.</summary>
/// <param name="Ledger">The ledger it is in: <c>control</c> or <c>decisions</c>.</param>
/// <param name="Origin">Its name.</param>
/// <param name="Size">The checkpoint's size.</param>
/// <param name="Root">The checkpoint's root.</param>
public sealed record BackedUpLog(string Ledger, string Origin, long Size, string Root);
