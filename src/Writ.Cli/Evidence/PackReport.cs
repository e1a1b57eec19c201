using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;

namespace Writ.Cli.Evidence;

/// <summary>Shows what the verification of an evidence pack found.</summary>
internal static class PackReport
{
    public static ExitCode Verify(Screen screen, string path, Ed25519PublicKey? key)
    {
        if (PackFiles.Read(path, out var trouble) is not { } files)
            return screen.Fail(trouble!);
        var verification = PackVerification.Verify(files, key);
        screen.Table(
            ["LOG", "RECORDS IN THE PACK", "LOG SIGNED FOR", "ROOT"],
            verification.Logs.Select(log => (string[])
            [
                InertText.Of(log.Origin), Number((ulong)log.Records), Number(log.Checkpoint.Size), log.Checkpoint.Root.ToHex()[..16] + "…",
            ]));
        foreach (var finding in verification.Findings)
            screen.Line($"{(finding.IsViolation ? "found" : "note")}: {InertText.Of(finding.ToString())}", finding.IsViolation ? Look.Bad : Look.Quiet);
        screen.Line();
        screen.Line(
            verification.IsSound ? "sound: every record in the pack is in its log, and every file is what was packed" : "NOT SOUND: what is found above was altered, removed or added",
            verification.IsSound ? Look.Good : Look.Bad);
        if (verification.Complete is { } range)
            screen.Line($"complete: {range.Words}, none left out", Look.Good);
        string[] limits = [.. Limits.Where(limit => verification.Complete is null || limit != LeftOut)];
        foreach (var limit in limits)
            screen.Line($"not proved: {limit}", Look.Quiet);
        screen.Document(new JsonObject
        {
            ["sound"] = verification.IsSound,
            ["logs"] = new JsonArray([.. verification.Logs.Select(log => (JsonNode)new JsonObject
            {
                ["origin"] = log.Origin, ["records"] = log.Records, ["checkpoint_size"] = log.Checkpoint.Size, ["root"] = log.Checkpoint.Root.ToHex(),
            })]),
            ["findings"] = new JsonArray([.. verification.Findings.Select(finding => (JsonNode)new JsonObject
            {
                ["kind"] = finding.Kind, ["file"] = finding.File, ["detail"] = finding.Detail, ["violation"] = finding.IsViolation,
            })]),
            ["complete"] = verification.Complete?.ToJson(),
            ["not_proved"] = new JsonArray([.. limits.Select(limit => (JsonNode)limit)]),
        });
        return verification.IsSound ? ExitCode.Done : ExitCode.No;
    }

    private const string LeftOut = "that whoever made the pack left nothing out; the log itself, or a range of it, shows that";

    private static readonly string[] Limits =
    [
        "that what the records say is true",
        "that report.html says what the records say: it is there to be read, and signed by nobody",
        LeftOut,
        "that the log shows everybody the same; only witnesses can tell",
    ];

    private static string Number(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
