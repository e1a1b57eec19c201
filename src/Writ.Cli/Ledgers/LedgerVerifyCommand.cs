using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Evidence;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;
using Writ.Ledger.Rotation;
using Writ.Ledger.Tiles;
using Writ.Ledger.Trust;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger verify</c>: checks a data folder byte by byte, a log that is served or kept as tiles, or a proof file.</summary>
internal static class LedgerVerifyCommand
{
    private static readonly string[] ServedLogs = ["control", "decisions"];

    public static Command Create(Session session)
    {
        var target = new Argument<string>("what") { Description = "A data folder, a server's address or a log's (URL), a folder of tiles, a .tlog-proof file or an evidence pack." };
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "For a data folder: where the signed checkpoints were kept. Default: checkpoints in the configuration folder.", HelpName = "FOLDER",
        };
        var seen = new Option<string?>("--seen")
        {
            Description = "For tiles: a file that remembers the checkpoint. The log has to continue what it says; then it says the new one.", HelpName = "FILE",
        };
        var aliveWithin = new Option<string?>("--alive-within")
        {
            Description = "For tiles: how old the last record may be, such as 2h. An idle decision log gets a heartbeat every hour: one that is silent for longer was cut, or its server does not run.", HelpName = "TIME",
        };
        var record = new Option<string?>("--record") { Description = "For a proof that does not hold its record: the record.", HelpName = "FILE" };
        var prefix = new Option<bool>("--prefix")
        {
            Description = "For a folder restored from an archive: it ends with the last archived segment, so that checkpoints may promise more and payloads lack records.",
        };
        var trust = new TrustFlags();
        var connection = new ConnectionFlags();
        var command = new Verb("verify", "Check that every record is what was written, in its place, and that none is missing: in a data folder from the first byte to the last, in tiles from the first entry to the last, of one record by its proof, or of a pack of them.",
            "writ ledger verify ~/.local/share/writ",
            "writ ledger verify /mnt/copy/data --checkpoints /mnt/apart/checkpoints --key 'm2Xu…='",
            "writ ledger verify https://writ.example/log/decisions --key writ.vkey --seen decisions.checkpoint",
            "writ ledger verify 019a3c5e-7d1f-7c3a-9a64-0d2f5b7c8e91.tlog-proof --key writ.vkey",
            "writ ledger verify evidence.zip --key writ.vkey")
        {
            target, checkpoints, seen, aliveWithin, record, prefix,
        };
        trust.AddTo(command);
        connection.AddTokenTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var what = parse.GetRequiredValue(target);
            var isAddress = what.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || what.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
            var isProof = !isAddress && ProofVerification.Claims(what);
            var isPack = !isAddress && !isProof && PackFiles.IsPack(what);
            var isTiles = isAddress || (!isProof && !isPack && TiledVerification.IsTiles(what));
            foreach (var (option, applies) in new[] { (checkpoints, !isProof && !isTiles && !isPack), (seen, isTiles), (aliveWithin, isTiles), (record, isProof) })
            {
                if (parse.GetValue(option) is not null && !applies)
                    return screen.Fail(new Trouble(ExitCode.BadInput, $"{option.Name} says nothing about {what}") { Advice = option.Description });
            }

            if (parse.GetValue(prefix) && (isProof || isTiles || isPack))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{prefix.Name} says nothing about {what}") { Advice = prefix.Description });
            if (trust.HasPolicy(parse) && !isProof && !isTiles)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"--policy says nothing about {what}") { Advice = "A data folder is checked by --key and --checkpoints." });
            if (isPack)
                return trust.GivenKey(parse, out var unread) is var given && unread is null ? PackReport.Verify(screen, what, given) : screen.Fail(unread!);
            if (!isProof && !isTiles)
                return await FolderVerification.RunAsync(screen, what, parse.GetValue(checkpoints), parse.GetValue(prefix), trust, parse, session.Environment, cancellation);
            if (trust.Policy(parse, session.Environment, out var trouble) is not { } policy)
                return screen.Fail(trouble!);
            if (isProof)
                return ProofVerification.Verify(screen, what, parse.GetValue(record), policy);
            TimeSpan? alive = null;
            if (parse.GetValue(aliveWithin) is { } within && (alive = SpanText.Parse(within)) is null)
                return screen.Fail(new Trouble(ExitCode.BadInput, $"--alive-within: '{within}' is not a time such as 90s, 5m or 2h"));
            TiledVerification Verification(TrustPolicy accepted) => new(accepted, parse.GetValue(seen), alive, session.Time);
            var key = trust.HasPolicy(parse) ? null : trust.Key(parse, session.Environment, out _);
            return isAddress
                ? await VerifyServedAsync(screen, what, policy, key, Verification, connection, parse, session, cancellation)
                : await Verification(policy).RunAsync(screen, [(what, new FolderLogReader(what))], cancellation);
        });
        return command;
    }

    private static async Task<ExitCode> VerifyServedAsync(
        Screen screen, string address, TrustPolicy policy, Ed25519PublicKey? key, Func<TrustPolicy, TiledVerification> verification, ConnectionFlags connection, ParseResult parse, Session session, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var prefix) || prefix.Query.Length + prefix.Fragment.Length + prefix.UserInfo.Length > 0)
            return screen.Fail(new Trouble(ExitCode.BadInput, $"'{address}' is not the address of a server or a log"));
        var path = prefix.AbsolutePath.Trim('/');
        var names = path.Length == 0 ? ServedLogs : ServedLogs.Where(name => path == $"log/{name}").ToArray();
        if (names.Length == 0)
        {
            // Somebody else's log: it is read as everybody reads it, without a token.
            using var open = new HttpLogReader(prefix, null);
            return await verification(policy).RunAsync(screen, [(address, open)], cancellation);
        }

        switch (connection.OpenAt(prefix.GetLeftPart(UriPartial.Authority), parse, session.Environment))
        {
            case ConnectionOpening.Refused refused:
                return screen.Fail(refused.Trouble);
            case ConnectionOpening.Opened opened:
                using (opened.Client)
                {
                    switch (await opened.Client.GetAsync("/v1/ledger", ApiJson.Default.LedgerHeads, cancellation))
                    {
                        case ApiResult<LedgerHeads>.Failed failed:
                            return screen.Fail(failed.Trouble);
                        case ApiResult<LedgerHeads>.Ok heads:
                            names = [.. names.Where(name => heads.Value.Logs.Any(l => l.Origin.EndsWith($"/{name}", StringComparison.Ordinal)))];
                            break;
                    }

                    if (names.Length == 0)
                        return screen.Fail(new Trouble(ExitCode.BadInput, $"there is no such log yet at {address}: nothing was written to it"));
                    var readers = names.Select(name => (name, Reader: opened.Client.LogReader(name))).ToArray();
                    try
                    {
                        // A key that went leads to those that came: each change is signed by both.
                        if (key is not null && await readers[0].Reader.ReadAsync("../keys", KeyHistory.MaxLength, cancellation) is { IsFound: true } history)
                            policy = TrustPolicy.ForKeys(TrustFlags.Follow(key, history.Bytes.Span, out _));
                        return await verification(policy).RunAsync(screen, [.. readers.Select(r => (r.name, (ILogReader)r.Reader))], cancellation);
                    }
                    finally
                    {
                        foreach (var (_, reader) in readers)
                            reader.Dispose();
                    }
                }

            default:
                throw new InvalidOperationException();
        }
    }
}
