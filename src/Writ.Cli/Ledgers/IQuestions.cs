using System.Text.Json.Nodes;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary>A port: who answers queries, a running server or a data folder.</summary>
internal interface IQuestions : IDisposable
{
    /// <summary>One page of the answer as a document, or why there is none.</summary>
    Task<(JsonObject? Page, Trouble? Trouble)> AskAsync(string query, string? cursor, CancellationToken cancellation);

    /// <summary>How long each kill took whose end is recorded, or why that cannot be told.</summary>
    Task<(IReadOnlyList<TimeToKill>? Kills, Trouble? Trouble)> KillsAsync(CancellationToken cancellation);
}
