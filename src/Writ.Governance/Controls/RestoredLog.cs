namespace Writ.Governance.Controls;

/// <summary>What became of one log in a restore.</summary>
/// <param name="Origin">Its name before.</param>
/// <param name="Size">How many records were restored: those of the backup's signed checkpoint.</param>
/// <param name="Root">The root over them.</param>
/// <param name="LastSize">The size of the newest checkpoint of the old log that was shown at the restore; what lies between is lost.</param>
/// <param name="LastRoot">Its root.</param>
/// <param name="Cosigned">Whether somebody besides the log itself signed that checkpoint, as witnesses do.</param>
public sealed record RestoredLog(string Origin, long Size, string Root, long? LastSize = null, string? LastRoot = null, bool Cosigned = false);
