using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary>Asks a running server.</summary>
internal sealed class ServerQuestions(ApiClient api) : IQuestions
{
    /// <summary>Whether each row is to carry its record with a proof.</summary>
    public bool WithProofs { get; set; }

    public async Task<(JsonObject? Page, Trouble? Trouble)> AskAsync(string query, string? cursor, CancellationToken cancellation)
    {
        var path = $"/v1/records?q={Uri.EscapeDataString(query)}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}{(WithProofs ? "&proofs=true" : "")}";
        return await api.GetAsync(path, ApiJson.Default.JsonNode, cancellation) switch
        {
            ApiResult<JsonNode>.Ok { Document: JsonObject document } => (document, null),
            ApiResult<JsonNode>.Failed failed => (null, failed.Trouble),
            _ => (null, new Trouble(ExitCode.Failed, "the server answered something this command does not understand")),
        };
    }

    public async Task<(IReadOnlyList<TimeToKill>? Kills, Trouble? Trouble)> KillsAsync(CancellationToken cancellation) =>
        await api.GetAsync("/v1/kills", ApiJson.Default.KillList, cancellation) switch
        {
            ApiResult<KillList>.Ok { Value: var list } =>
                ([.. list.Standing.Concat(list.Lifted).Where(kill => kill.TimeToKillUs is not null).Select(kill => new TimeToKill(kill.OrderedAt, kill.TimeToKillUs!.Value))], null),
            ApiResult<KillList>.Failed failed => (null, failed.Trouble),
            _ => throw new InvalidOperationException(),
        };

    public void Dispose() => api.Dispose();
}
