using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Proofs;
using Writ.Ledger.Trust;

namespace Writ.Cli.Ledgers;

/// <summary>Checks a <c>.tlog-proof</c> file, offline, and says what it proves of which record.</summary>
internal static class ProofVerification
{
    /// <summary>True when a file says it is such a proof.</summary>
    public static bool Claims(string path)
    {
        if (!File.Exists(path))
            return false;
        if (path.EndsWith(".tlog-proof", StringComparison.Ordinal))
            return true;
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[32];
            return TlogProof.IsOne(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static ExitCode Verify(Screen screen, string path, string? recordFile, TrustPolicy policy)
    {
        if (BytesFile.Read(path, TlogProof.MaxLength, out var trouble) is not { } bytes)
            return screen.Fail(trouble!);
        if (!TlogProof.TryParse(bytes, out var proof, out var malformed))
            return screen.Fail(LedgerTroubles.Of(malformed) with { Message = $"{path}: {malformed.Detail}" });
        var record = recordFile is null ? proof.Extra?.ToArray() : BytesFile.Read(recordFile, ushort.MaxValue, out trouble);
        if (record is null)
            return screen.Fail(trouble ?? new Trouble(ExitCode.BadInput, $"{path} does not hold the record it proves") { Advice = "Give the record with --record FILE." });
        if (proof.Verify(MerkleHash.Leaf(record), policy, out var signed) is { } fault)
        {
            screen.Line("NOT PROVED", Look.Bad);
            return screen.Fail(LedgerTroubles.Of(fault));
        }

        Show(screen, proof.Index, signed!, record, policy.NeedsWitnesses);
        return ExitCode.Done;
    }

    private static void Show(Screen screen, ulong index, SignedCheckpoint signed, byte[] record, bool witnessed)
    {
        var members = Parse(record);
        screen.Line($"proved: this is record {index} of {InertText.Of(signed.Checkpoint.Origin)}", Look.Good);
        screen.Facts(new (string, string?)[]
        {
            ("log size", $"{signed.Checkpoint.Size} at the checkpoint"),
            ("kind", Text(members, "kind") ?? Text(members?["action"] as JsonObject, "kind")),
            ("id", Text(members, "id")),
            ("outcome", Text(members, "outcome")),
            ("record", members is null ? $"{record.Length} bytes that are no JSON" : InertText.Of(Encoding.UTF8.GetString(record), 1_000)),
        }.Where(f => f.Item2 is not null).Select(f => (f.Item1, f.Item2!)));
        if (witnessed)
            screen.Line("witnessed: the policy's quorum saw the log grow to this checkpoint", Look.Good);
        screen.Line($"not proved: that what the record says is true{(witnessed ? "" : "; that the log shows everybody the same")}", Look.Quiet);
        screen.Document(new JsonObject
        {
            ["proved"] = true, ["witnessed"] = witnessed, ["origin"] = signed.Checkpoint.Origin, ["index"] = index, ["checkpoint_size"] = signed.Checkpoint.Size,
            ["root"] = signed.Checkpoint.Root.ToHex(), ["record"] = members ?? (JsonNode)Convert.ToBase64String(record),
        });
    }

    private static JsonObject? Parse(byte[] record)
    {
        try
        {
            return JsonNode.Parse(record) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? members, string name) =>
        members?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? InertText.Of(text, 200) : null;
}
