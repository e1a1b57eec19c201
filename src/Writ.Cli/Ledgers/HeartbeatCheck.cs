using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Ledger.Verification;

namespace Writ.Cli.Ledgers;

/// <summary>
/// Holds each organization's control log against what the heartbeats in its decision log say of it: a control log that was cut or
/// rewritten shows, also where no checkpoint of it is at hand.
/// </summary>
internal static class HeartbeatCheck
{
    private const string Decisions = "/decisions";

    public static IReadOnlyList<(LedgerPlace Place, VerificationReport Report)> Add(IReadOnlyList<(LedgerPlace Place, VerificationReport Report)> ledgers)
    {
        var logs = ledgers.SelectMany(l => l.Report.Logs).ToDictionary(log => log.Origin, StringComparer.Ordinal);
        return [.. ledgers.Select(ledger => (ledger.Place, ledger.Report with
        {
            Findings = [.. ledger.Report.Findings, .. ledger.Report.Logs
                .Where(log => log.Origin.EndsWith(Decisions, StringComparison.Ordinal))
                .Select(log => Check(log, logs.GetValueOrDefault($"{log.Origin[..^Decisions.Length]}/control")))
                .OfType<Finding>()],
        }))];
    }

    /// <summary>The first heartbeat that the control log contradicts; null where there is none, or no control log to compare with.</summary>
    private static Finding? Check(LogReport decisions, LogReport? control)
    {
        if (control is null || !control.IsProved)
            return null;
        using var records = decisions.Log.ReadFrom(decisions.Log.MinimumIndex);
        while (records.MoveNext())
        {
            if (records.Current.Bytes.Span.IndexOf("\"kind\":\"heartbeat\""u8) < 0 || Anchor(records.Current.Bytes) is not { } anchor)
                continue;
            if (anchor.Size > control.Size)
                return Contradicted(control, $"heartbeat {records.Current.Index} of {decisions.Origin} saw {anchor.Size} records in it, and there are {control.Size}: its end was cut off");
            if (control.Log.RootAt(anchor.Size) is { } root && root != anchor.Root)
                return Contradicted(control, $"heartbeat {records.Current.Index} of {decisions.Origin} saw other records in it, up to {anchor.Size}");
        }

        return null;
    }

    private static Finding Contradicted(LogReport control, string detail) => new(FindingKind.LogContradicted, control.Origin, -1, detail);

    private static (ulong Size, Hash256 Root)? Anchor(ReadOnlyMemory<byte> record)
    {
        using var document = Parse(record);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("kind", out var kind) && kind.ValueEquals("heartbeat"u8)
            && root.TryGetProperty("control", out var control) && control.ValueKind == JsonValueKind.Object
            && control.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetUInt64(out var count)
            && control.TryGetProperty("root", out var hex) && hex.ValueKind == JsonValueKind.String && Hash256.TryParseHex(hex.GetString(), out var hash)
                ? (count, hash)
                : null;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> record)
    {
        try
        {
            return JsonDocument.Parse(record);
        }
        catch (JsonException)
        {
            return null; // no record of Writ's
        }
    }
}
