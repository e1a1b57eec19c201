using System.Globalization;
using Writ.Cli.Api;
using Writ.Cli.Archives;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary>Shows the heads of a running server's logs: how much is signed for, and how far each witness is behind.</summary>
internal static class ServedHeads
{
    public static async Task<ExitCode> ShowAsync(Screen screen, ApiClient api, TimeProvider time, CancellationToken cancellation)
    {
        switch (await api.GetAsync("/v1/ledger", ApiJson.Default.LedgerHeads, cancellation))
        {
            case ApiResult<LedgerHeads>.Failed failed:
                return screen.Fail(failed.Trouble);
            case ApiResult<LedgerHeads>.Ok ok:
                screen.Document(ok.Document);
                foreach (var log in ok.Value.Logs)
                    Show(screen, log, time.GetUtcNow());
                Show(screen, ok.Value, time.GetUtcNow());
                return ExitCode.Done;
            default:
                throw new InvalidOperationException();
        }
    }

    private static void Show(Screen screen, LogHeadView log, DateTimeOffset now)
    {
        screen.Line(InertText.Of(log.Origin), Look.Strong);
        screen.Facts(new (string, string?)[]
        {
            ("records", Number(log.Size)),
            ("signed for", Number(log.CheckpointSize)),
            ("witnessed", log.Witnesses is null ? "there are no witnesses" : log.WitnessedSize is { } size ? Number(size) : "not yet by the quorum"),
            ("root", InertText.Of(log.Root)),
            ("verifier key", log.VerifierKey is { } key ? InertText.Of(key) : null),
        }.Where(f => f.Item2 is not null).Select(f => (f.Item1, f.Item2!)));
        foreach (var witness in log.Witnesses ?? [])
        {
            var when = witness.CosignedAt is { } at ? $", last {Instant.Relative(at, now)}" : "";
            screen.Line(
                $"  witness {InertText.Of(witness.Name)}: cosigned {Number(witness.Size)}, {Number(witness.Behind)} behind{when}{(witness.Fault is { } fault ? $": {InertText.Of(fault)}" : "")}",
                witness.Code == "WRIT2048" ? Look.Bad : witness.Fault is null ? Look.Good : Look.Held);
        }

        screen.Line();
    }

    /// <summary>How the segments stand that hold the logs: what is damaged first.</summary>
    private static void Show(Screen screen, LedgerHeads heads, DateTimeOffset now)
    {
        foreach (var ledger in heads.Scrub ?? [])
        {
            var last = ledger.LastPassEndedAt is { } at ? $"all read again {Instant.Relative(at, now)}" : $"{ledger.SegmentsRead} of {ledger.SealedSegments} full segments read again";
            screen.Line(
                $"{InertText.Of(ledger.Ledger)}: {last}, {(ledger.DamagedSegments == 0 ? "no damage" : $"WRIT2100 {ledger.DamagedSegments} segments are damaged")}",
                ledger.DamagedSegments == 0 ? Look.Quiet : Look.Bad);
            foreach (var damage in ledger.Damage)
                screen.Line($"  {InertText.Of(damage.File)} at byte {damage.Offset}: {InertText.Of(damage.Kind)}", Look.Bad);
        }

        foreach (var ledger in heads.Archive ?? [])
            screen.Line(ArchiveStatusCommand.Words(ledger, now), ledger.Fault is null ? Look.Quiet : Look.Bad);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
