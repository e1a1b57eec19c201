using Writ.Ledger.Checkpoints;

namespace Writ.Cli.Evidence;

/// <summary>What is proved of one log of an evidence pack.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Records">How many records in the pack are proved to be in it.</param>
/// <param name="Checkpoint">The checkpoint that they were held against.</param>
internal sealed record PackLog(string Origin, int Records, Checkpoint Checkpoint);
