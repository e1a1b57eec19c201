using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Ledger;
using Writ.Ledger.Tiles;
using Writ.Server.Installation;
using Writ.Server.Witnessing;

namespace Writ.Server.Api;

/// <summary>
/// <c>/log/{log}</c>: the logs of the caller's organization as tiles (C2SP tlog-tiles), each up to its last signed checkpoint, so that a
/// client of somebody else's making can check them. Checkpoints and hashes are for every person, records for those who read all of them.
/// </summary>
internal sealed class LogApi(OpenInstallation installation, WitnessParts witnesses, string trustDomain, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LogTiles> _tiles = new(StringComparer.Ordinal);

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/{log}/checkpoint", (HttpContext http, string log) => Checkpoint(http, log, latest: false));
        people.MapGet("/{log}/checkpoint/latest", (HttpContext http, string log) => Checkpoint(http, log, latest: true));
        people.MapGet("/{log}/tile/{**path}", TileAsync);
        people.MapGet("/keys", () => Results.Text(installation.Keys.History.ToBytes(), "text/plain; charset=utf-8"));
    }

    /// <summary>
    /// Where there are witnesses, the newest checkpoint that has their quorum: what is shown to everybody is what they saw. The latest is
    /// the newest that is signed, with the cosignatures it has so far.
    /// </summary>
    private IResult Checkpoint(HttpContext http, string name, bool latest)
    {
        if (Find(http, name) is not { } found || found.Ledger.LastCheckpoint(found.Log) is not { } signed)
            return NoLog(name).ToResult();
        if (witnesses.Of(found.Ledger, found.Log) is { } witnessed)
        {
            if (!latest && witnessed.Witnessed is null)
                return Problem.Of(ApiError.NotFound, $"No checkpoint of '{name}' has the witnesses' quorum yet; checkpoint/latest is signed by the log alone.").ToResult();
            signed = latest ? witnessed.WithCosignatures(signed) : witnessed.Witnessed!;
        }

        http.Response.Headers.CacheControl = "no-cache";
        return Results.Text(signed.Note.ToBytes(), "text/plain; charset=utf-8");
    }

    private async Task TileAsync(HttpContext http, string log, string path)
    {
        if (Find(http, log) is not { } found || found.Ledger.LastCheckpoint(found.Log) is not { } signed)
            await NoLog(log).AnswerAsync(http);
        else if (!TilePath.TryParse($"tile/{path}", out var tile))
            await Problem.Of(ApiError.Malformed, "A tile is tile/LEVEL/INDEX or tile/entries/INDEX, a partial one with .p/WIDTH: see C2SP tlog-tiles.").AnswerAsync(http);
        else if (tile.IsEntries && !http.Reads(time).IsEverything)
            await Problem.Of(ApiError.NotAllowed, "The records of a log need the capability security or compliance; 'writ ledger query' shows those of your own agents.").AnswerAsync(http);
        else
            await AnswerAsync(http, tile, _tiles.GetOrAdd(found.Log.Origin, static (_, log) => new LogTiles(log), found.Log).Read(tile, signed.Checkpoint.Size));
    }

    private static Task AnswerAsync(HttpContext http, TilePath tile, ReadResult read) =>
        read.IsFound ? SendAsync(http, tile, read.Bytes)
        : Problem.Of(read.Fault.Kind switch
        {
            LedgerFaultKind.NotFound => ApiError.NotFound,
            LedgerFaultKind.RecordPruned => ApiError.RecordsPruned,
            _ => ApiError.LogUnreadable,
        }, read.Fault.Detail).AnswerAsync(http);

    /// <summary>A full tile never changes; a partial one is replaced by a longer one soon, and is not worth keeping.</summary>
    private static async Task SendAsync(HttpContext http, TilePath tile, ReadOnlyMemory<byte> bytes)
    {
        http.Response.ContentType = "application/octet-stream";
        if (tile.IsFull)
            http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        if (!tile.IsEntries || !http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            return;
        }

        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Vary = "Accept-Encoding";
        await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(bytes, http.RequestAborted);
    }

    private (MerkleLedger Ledger, LogicalLog Log)? Find(HttpContext http, string name)
    {
        var ledger = name switch { "control" => installation.Control, "decisions" => installation.Decisions, _ => null };
        return ledger?.FindLog($"{trustDomain}/{http.Person().Organization.Id}/{name}") is { } log ? (ledger, log) : null;
    }

    private static Problem NoLog(string name) => Problem.Of(ApiError.NotFound, $"Your organization has no log '{name}' with a checkpoint; there are control and decisions.");
}
