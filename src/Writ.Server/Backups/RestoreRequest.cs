namespace Writ.Server.Backups;

/// <summary>What to restore from. Immutable.</summary>
/// <param name="Backup">The folder of the backup.</param>
/// <param name="Keys">The folder with the secrets; may be newer than the backup.</param>
public sealed record RestoreRequest(string Backup, string Keys)
{
    /// <summary>Checkpoints of the old logs that somebody kept, or folders of them: from witnesses, auditors, or what is left of the old machine.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>What <c>GET /v1/erasures</c> last said, so that what was erased after the backup is erased again; null where nobody kept it.</summary>
    public string? Erasures { get; init; }
}
