using System.Net;
using Writ.Ledger.Notes;

namespace Writ.Server.Witnessing;

/// <summary>How a witness is run. Immutable.</summary>
public sealed record WitnessOptions
{
    /// <summary>Its folder: its key, and the last checkpoint of each log. Made if absent; one process owns it.</summary>
    public required string Folder { get; init; }

    /// <summary>Its name, in its signatures for ever.</summary>
    public required string Name { get; init; }

    /// <summary>The verifier keys of the logs it serves.</summary>
    public required IReadOnlyList<NoteVerifierKey> Logs { get; init; }

    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public required IPEndPoint Listen { get; init; }
}
