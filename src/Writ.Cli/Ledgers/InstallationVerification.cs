using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;
using Writ.Ledger.Verification;

namespace Writ.Cli.Ledgers;

/// <summary>What the verification of all ledgers of a folder found, and what it does not prove.</summary>
internal sealed record InstallationVerification(IReadOnlyList<(LedgerPlace Place, VerificationReport Report)> Ledgers, RecordVerification? Content)
{
    public bool IsSound => Ledgers.All(l => l.Report.IsSound) && (Content?.Count ?? 0) == 0;

    /// <summary>Whether every record of every log lies under a signed checkpoint that was kept apart.</summary>
    public bool IsSignedForWhole => Ledgers.All(l => l.Report.Logs.All(log => log.CheckpointSize == log.Size));

    public long Records => Ledgers.Sum(l => l.Report.Logs.Sum(log => (long)log.Size));

    public static async Task<InstallationVerification> VerifyAsync(IReadOnlyList<LedgerPlace> places, IReadOnlyList<Ed25519PublicKey> keys, CancellationToken cancellation, bool isPrefix = false)
    {
        var reports = new List<(LedgerPlace, VerificationReport)>();
        foreach (var place in places)
        {
            var options = new VerificationOptions
            {
                DataFolder = place.Folder,
                Checkpoints = place.Checkpoints is null || keys.Count == 0 ? null : new CheckpointCopy(place.Checkpoints),
                Keys = keys,
                IsPrefix = isPrefix,
            };
            reports.Add((place, await LedgerVerifier.VerifyAsync(options, null, cancellation)));
        }

        var held = isPrefix ? reports : HeartbeatCheck.Add(reports);

        // What was altered says nothing about what was written; and what ends early lacks what its records name.
        var content = !isPrefix && held.All(r => r.Report.IsSound) ? await RecordVerification.CheckAsync(held, cancellation) : null;
        return new InstallationVerification(held, content);
    }

    public void Show(Screen screen)
    {
        screen.Table(
            ["LOG", "RECORDS", "SIGNED FOR", "ROOT"],
            Ledgers.SelectMany(l => l.Report.Logs).Select(log => (string[])
            [
                InertText.Of(log.Origin), Number(log.Size), log.CheckpointSize is { } size ? Number(size) : "none", log.Root.ToHex()[..16] + "…",
            ]));
        foreach (var (place, finding) in Ledgers.SelectMany(l => l.Report.Findings.Select(f => (l.Place, f))))
            screen.Line($"{(finding.IsViolation ? "found" : "note")}: {place.Name}: {InertText.Of(finding.ToString())}", finding.IsViolation ? Look.Bad : Look.Quiet);
        foreach (var problem in Content?.Problems ?? [])
            screen.Line($"found: {InertText.Of(problem.ToString())}", Look.Bad);
        if (Content is { } content && content.Count > content.Problems.Count)
            screen.Line($"found: {Number((ulong)(content.Count - content.Problems.Count))} more of that kind", Look.Bad);
        screen.Line();
        if (IsSound)
            screen.Line($"sound: {Number((ulong)Records)} records are what was written, in their order, none altered or missing in between", Look.Good);
        else if (Content is { Count: > 0 })
            screen.Line("NOT SOUND: records name what no other record bears out: they were not written by Writ as it decides", Look.Bad);
        else
            screen.Line("NOT SOUND: what is found above was altered or lost after it was written", Look.Bad);
        if (Content is { Count: 0 } linked)
            screen.Line($"linked: every digest, agent version, credential, task and approval in them is in the logs; every effect has its decision ({Number((ulong)linked.Owed)} still owed)", Look.Good);
        if (Content is { Erasures: > 0 } taken)
            screen.Line($"erased: {Number((ulong)taken.Erased)} payloads of {taken.Erasures} erasures; payload erased, commitment present", Look.Quiet);
        if (Content is { Pruned: > 0 } past)
            screen.Line($"pruned: {Number((ulong)past.Pruned)} payloads past their retention; commitment present", Look.Quiet);
        foreach (var ledger in Ledgers.Select(l => l.Report).Where(report => report.PruningRecords.Count > 0))
            screen.Line($"pruned: {Number((ulong)PrunedOf(ledger))} records past their retention by {InertText.Of(string.Join(", ", ledger.PruningRecords))}; hashes present", Look.Quiet);
        foreach (var limit in Limits())
            screen.Line($"not proved: {limit}", Look.Quiet);
    }

    public JsonNode ToJson() => new JsonObject
    {
        ["sound"] = IsSound,
        ["records"] = Records,
        ["signed_for_whole"] = IsSignedForWhole,
        ["ledgers"] = new JsonArray([.. Ledgers.Select(l => (JsonNode)Json(l.Place, l.Report))]),
        ["content"] = Content?.ToJson(),
        ["not_proved"] = new JsonArray([.. Limits().Select(limit => (JsonNode)limit)]),
    };

    private static JsonObject Json(LedgerPlace place, VerificationReport report) => new JsonObject
    {
        ["name"] = place.Name,
        ["folder"] = place.Folder,
        ["segments"] = report.Segments,
        ["payloads"] = report.Payloads,
        ["pruned_by"] = new JsonArray([.. report.PruningRecords.Select(record => (JsonNode)record)]),
        ["logs"] = new JsonArray([.. report.Logs.Select(log => (JsonNode)new JsonObject
        {
            ["origin"] = log.Origin, ["size"] = log.Size, ["pruned"] = log.Log.MinimumIndex, ["root"] = log.Root.ToHex(), ["proved"] = log.IsProved, ["checkpoint_size"] = log.CheckpointSize,
        })]),
        ["findings"] = new JsonArray([.. report.Findings.Select(f => (JsonNode)new JsonObject
        {
            ["kind"] = f.Kind.ToString(), ["file"] = f.File, ["offset"] = f.Offset, ["detail"] = f.Detail, ["violation"] = f.IsViolation,
        })]),
    };

    private static long PrunedOf(VerificationReport report) => report.Logs.Sum(log => (long)log.Log.MinimumIndex);

    private IEnumerable<string> Limits()
    {
        if (Content is null && Ledgers.Any(l => l.Report.PruningRecords.Count > 0))
            yield return "that a control record says so of what was pruned: the control log is not at hand";
        if (Content is { Unproved: > 0 } open)
            yield return $"{open.Unproved} references to decisions, tasks and approvals that may lie in pruned records";
        if (Ledgers.SelectMany(l => l.Report.Logs).Any(log => log.CheckpointSize is null))
            yield return "that nothing was cut from the end of a log without a signed checkpoint, or that such a log was not rewritten as a whole";
        else if (!IsSignedForWhole)
            yield return "that the records after the last checkpoint were not rewritten; they are signed for with the next one";
        yield return "that data folder and checkpoints were not rolled back together; only a witness elsewhere can tell";
    }

    private static string Number(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
