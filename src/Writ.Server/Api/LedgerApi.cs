using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Records;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Server.Installation;
using Writ.Server.Witnessing;

namespace Writ.Server.Api;

/// <summary><c>/v1/ledger</c>: the heads of the caller's organization's logs; nothing of any other's.</summary>
internal sealed class LedgerApi(OpenInstallation installation, WitnessParts witnesses, string trustDomain)
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
            [.. Logs(http).Select(l => View(l.Ledger, l.Log))],
            Convert.ToBase64String(installation.SigningKey.Bytes)),
        StrictJson.Options);

    private LogView View(MerkleLedger ledger, LogicalLog log)
    {
        var signed = ledger.LastCheckpoint(log)?.Checkpoint.Size ?? 0;
        var witnessed = witnesses.Of(ledger, log);
        return new LogView(log.Origin, (long)log.Head.Size, log.Head.Root.ToHex(), (long)signed)
        {
            VerifierKey = NoteVerifierKey.ForLog(log.Origin, installation.SigningKey).ToString(),
            WitnessedSize = (long?)witnessed?.Witnessed?.Checkpoint.Size,
            Witnesses = witnessed is null ? null : [.. witnessed.States.Select(s => new WitnessView(
                s.Witness, (long)s.CosignedSize, (long)(signed - Math.Min(signed, s.CosignedSize)), s.CosignedAt, s.Fault?.Code, s.Fault?.Detail))],
        };
    }

    private IEnumerable<(MerkleLedger Ledger, LogicalLog Log)> Logs(HttpContext http)
    {
        var prefix = $"{trustDomain}/{http.Person().Organization.Id}/";
        return new[] { installation.Control, installation.Decisions }
            .SelectMany(ledger => ledger.Logs.Select(log => (ledger, log)))
            .Where(l => l.log.Origin.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(l => l.log.Origin, StringComparer.Ordinal);
    }
}
