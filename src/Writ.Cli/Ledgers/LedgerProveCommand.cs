using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;
using Writ.Ledger.Notes;
using Writ.Ledger.Proofs;
using Writ.Ledger.Tiles;
using Writ.Ledger.Trust;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger prove</c>: a record of a running server's log as a file that proves itself to whoever has the public key.</summary>
internal static class LedgerProveCommand
{
    private static readonly string[] LogNames = ["control", "decisions"];

    public static Command Create(Session session)
    {
        var id = new Argument<string?>("decision") { Description = "The decision's id.", Arity = ArgumentArity.ZeroOrOne };
        var log = new Option<string>("--log") { Description = "The log that --index is in: control or decisions.", DefaultValueFactory = _ => "decisions" };
        log.AcceptOnlyFromAmong(LogNames);
        var index = new Option<ulong?>("--index") { Description = "The record's index, in place of a decision's id.", HelpName = "N" };
        var output = new Option<string?>("--out") { Description = "Where the proof goes; never overwritten. Default: ID.tlog-proof or LOG-N.tlog-proof.", HelpName = "FILE" };
        var command = new Verb("prove", "Write a record with its proof into a file. Whoever has the installation's public key checks it offline, by `writ ledger verify FILE` or any reader of C2SP tlog-proof.",
            "writ ledger prove 019a3c5e-7d1f-7c3a-9a64-0d2f5b7c8e91",
            "writ ledger prove --log control --index 12 --out published.tlog-proof")
        {
            id, log, index, output,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var decision = call.Parse.GetValue(id);
            if (decision is null == call.Parse.GetValue(index) is null)
                return call.Screen.Fail(new Trouble(ExitCode.BadInput, "give a decision's id, or --index"));
            var name = decision is null ? call.Parse.GetValue(log)! : "decisions";
            var wanted = call.Parse.GetValue(index);
            if (decision is not null)
            {
                switch (await call.Api.GetAsync($"/v1/decisions/{Uri.EscapeDataString(decision)}", ApiJson.Default.DecisionPlace, cancellation))
                {
                    case ApiResult<DecisionPlace>.Failed failed:
                        return call.Screen.Fail(failed.Trouble);
                    case ApiResult<DecisionPlace>.Ok found:
                        wanted = found.Value.Index;
                        break;
                }
            }

            // Signs what is new, so that the record lies under a checkpoint.
            return await call.Api.PostAsync("/v1/ledger/checkpoint", null, ApiJson.Default.LedgerHeads, cancellation) switch
            {
                ApiResult<LedgerHeads>.Ok heads => await ProveAsync(call, name, wanted!.Value, heads.Value.VerifierKey, call.Parse.GetValue(output) ?? $"{decision ?? $"{name}-{wanted}"}.tlog-proof", session.Time, cancellation),
                ApiResult<LedgerHeads>.Failed failed => call.Screen.Fail(failed.Trouble),
                _ => throw new InvalidOperationException(),
            };
        });
        return command;
    }

    private static async Task<ExitCode> ProveAsync(
        ApiCall call, string name, ulong index, string keyText, string file, TimeProvider time, CancellationToken cancellation)
    {
        if (VerifierKeys.Parse(keyText) is not { } key)
            return call.Screen.Fail(new Trouble(ExitCode.Failed, $"{call.Api.Server} shows no key that checkpoints can be checked with"));
        using var reader = call.Api.LogReader(name);
        var log = new TiledLog(reader);
        var (signed, fault) = await new CoveringCheckpoint(call.Screen, TrustPolicy.ForKey(key), time).FindAsync(log, reader, index, cancellation);
        if (signed is null)
            return call.Screen.Fail(LedgerTroubles.Of(fault!));
        if (index >= signed.Checkpoint.Size)
            return call.Screen.Fail(new Trouble(ExitCode.BadInput, $"{signed.Checkpoint.Origin} has {signed.Checkpoint.Size} records: there is no record {index}"));
        if (!(await log.ReadEntryAsync(index, signed.Checkpoint, cancellation)).TryGet(out var entry, out fault))
            return call.Screen.Fail(LedgerTroubles.Of(fault));

        var proof = new TlogProof(index, entry.Proof, signed.Note.ToBytes(), entry.Bytes);
        if (NewFile.Write(file, proof.ToBytes()) is { } trouble)
            return call.Screen.Fail(trouble);
        call.Screen.Line($"{file} proves record {index} of {InertText.Of(signed.Checkpoint.Origin)}", Look.Good);
        var verifierKey = NoteVerifierKey.ForLog(signed.Checkpoint.Origin, key).ToString();
        call.Screen.Note($"Check it anywhere: writ ledger verify {file} --key '{verifierKey}'");
        call.Screen.Note("Give the key by another way than the file: a proof is worth what the key is worth.");
        call.Screen.Document(new JsonObject
        {
            ["file"] = file, ["origin"] = signed.Checkpoint.Origin, ["index"] = index, ["checkpoint_size"] = signed.Checkpoint.Size, ["key"] = verifierKey,
        });
        return ExitCode.Done;
    }
}
