using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Records;
using Writ.Ledger;
using Writ.Ledger.Archiving;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Scrubbing;
using Writ.Server.Archiving;
using Writ.Server.Installation;
using Writ.Server.Scrubbing;
using Writ.Server.Witnessing;

namespace Writ.Server.Api;

/// <summary><c>/v1/ledger</c>: the heads of the caller's organization's logs; nothing of any other's.</summary>
internal sealed class LedgerApi(OpenInstallation installation, WitnessParts witnesses, ScrubParts scrub, ArchiveParts archive, string trustDomain)
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
            Convert.ToBase64String(installation.SigningKey.Bytes),
            [.. scrub.Scrubbers.Select(s => View(s.Name, s.Scrubber.State))])
        {
            Archive = archive.Archivers.Count == 0 ? null : [.. archive.Archivers.Select(View)],
        },
        StrictJson.Options);

    private static ScrubView View(string ledger, ScrubState state) => new(
        ledger, (long)state.SealedSegments, (long)state.SegmentsRead, state.PassBeganAt, state.LastPassEndedAt, state.DamagedSegments,
        [.. state.Damage.Select(finding => new DamageView(finding.File, finding.Offset, finding.Kind.ToString()))]);

    /// <summary>What was wrong is told by its code and the archive's own words, never by another organization's logs.</summary>
    private static ArchiveView View(LedgerArchiver archiver)
    {
        var state = archiver.State;
        return new ArchiveView(
            archiver.Name, archiver.Address, (long)(state.SealedRecords + state.SealedPayloads), (long)state.Waiting, state.LastAt, state.FailingSince,
            state.Fault?.Code, state.Fault is { Kind: LedgerFaultKind.SegmentDamaged } ? "a segment is damaged: see scrub" : state.Fault?.Detail);
    }

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
