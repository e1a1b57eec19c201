using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Ledger.Archiving;

namespace Writ.Cli.Archives;

/// <summary>What the verification of an archive found.</summary>
internal static class ArchiveSheet
{
    public static ExitCode Show(Screen screen, string address, IReadOnlyList<ArchiveReport> reports)
    {
        var isSound = reports.All(r => r.Verification.IsSound);
        var isSigned = reports.All(r => r.Verification.Logs.All(log => log.CheckpointSize == log.Size));
        screen.Document(new JsonObject
        {
            ["archive"] = address, ["sound"] = isSound, ["signed_for_whole"] = isSigned, ["ledgers"] = new JsonArray([.. reports.Select(r => (JsonNode)Json(r))]),
        });
        screen.Table(
            ["LEDGER", "SEGMENTS", "PAYLOAD SEGMENTS", "LOG", "RECORDS", "SIGNED FOR"],
            reports.SelectMany(r => r.Verification.Logs.Select(log => (string[])
            [
                InertText.Of(r.Ledger), Number(r.RecordSegments), Number(r.PayloadSegments), InertText.Of(log.Origin), Number((long)log.Size), log.CheckpointSize is { } size ? Number((long)size) : "none",
            ])));
        foreach (var (ledger, finding) in reports.SelectMany(r => r.Verification.Findings.Select(f => (r.Ledger, f))))
            screen.Line($"{(finding.IsViolation ? "found" : "note")}: {InertText.Of(ledger)}: {InertText.Of(finding.ToString())}", finding.IsViolation ? Look.Bad : Look.Quiet);
        screen.Line();
        screen.Line(
            isSound ? "sound: every segment of the archive is what was written, in its order, none missing in between" : "NOT SOUND: what is found above is missing from the archive or was altered",
            isSound ? Look.Good : Look.Bad);
        if (!isSigned)
            screen.Line("not proved: that the records are those of the installation; give its key", Look.Quiet);
        screen.Line("not proved: anything of the records after the last archived segment", Look.Quiet);
        return isSound ? ExitCode.Done : ExitCode.No;
    }

    private static JsonObject Json(ArchiveReport report) => new()
    {
        ["ledger"] = report.Ledger,
        ["record_segments"] = report.RecordSegments,
        ["payload_segments"] = report.PayloadSegments,
        ["logs"] = new JsonArray([.. report.Verification.Logs.Select(log => (JsonNode)new JsonObject
        {
            ["origin"] = log.Origin, ["size"] = log.Size, ["root"] = log.Root.ToHex(), ["proved"] = log.IsProved, ["checkpoint_size"] = log.CheckpointSize,
        })]),
        ["findings"] = new JsonArray([.. report.Verification.Findings.Select(f => (JsonNode)new JsonObject
        {
            ["kind"] = f.Kind.ToString(), ["file"] = f.File, ["offset"] = f.Offset, ["detail"] = f.Detail, ["violation"] = f.IsViolation,
        })]),
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
