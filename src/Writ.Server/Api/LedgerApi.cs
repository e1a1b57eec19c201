using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Records;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary><c>/v1/ledger</c>: the heads of the caller's organization's logs; nothing of any other's.</summary>
internal sealed class LedgerApi(OpenInstallation installation, string trustDomain, string verifierKey)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/ledger", (HttpContext http) => Show(http));
        people.MapPost("/ledger/checkpoint", (HttpContext http) =>
            Logs(http).Select(l => l.Ledger.SignCheckpoint(l.Log)).OfType<CheckpointSigning.Refused>().FirstOrDefault() is { } refused
                ? Problem.Of(ApiError.NotRecorded, refused.Fault.ToString()).ToResult()
                : Show(http));
    }

    private IResult Show(HttpContext http) => Results.Json(
        new LedgerView(
            [.. Logs(http).Select(l => new LogView(
                l.Log.Origin, (long)l.Log.Head.Size, l.Log.Head.Root.ToHex(), (long)(l.Ledger.LastCheckpoint(l.Log)?.Checkpoint.Size ?? 0)))],
            verifierKey),
        StrictJson.Options);

    private IEnumerable<(MerkleLedger Ledger, LogicalLog Log)> Logs(HttpContext http)
    {
        var prefix = $"{trustDomain}/{http.Person().Organization.Id}/";
        return new[] { installation.Control, installation.Decisions }
            .SelectMany(ledger => ledger.Logs.Select(log => (ledger, log)))
            .Where(l => l.log.Origin.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(l => l.log.Origin, StringComparer.Ordinal);
    }
}
