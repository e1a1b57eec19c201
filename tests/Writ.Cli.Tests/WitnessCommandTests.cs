using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Writ.Cli.Tests;

/// <summary>A witness, a server and their reader: three processes, as three parties would run them.</summary>
public sealed class WitnessCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-witness-").FullName;
    private readonly List<Process> _started = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_record_is_proved_under_the_eyes_of_a_witness()
    {
        var first = await RunningServer.StartAsync();
        Assert.Equal(0, (await first.RunAsync("agent", "add", "bot")).Exit);
        var shown = await first.RunAsync("ledger", "show");
        Assert.True(shown.Exit == 0, shown.Error);
        Assert.Contains("there are no witnesses", shown.Output, StringComparison.Ordinal);
        var key = (await first.RunAsync("ledger", "show", "--json")).Json.GetProperty("logs")[0].GetProperty("verifier_key").GetString()!;
        var home = await first.LeaveAsync();

        var keys = Path.Combine(_folder, "logs.vkeys");
        await File.WriteAllTextAsync(keys, $"# the logs of one installation\n{key}\n", Stop);
        var witness = await WitnessAsync("--folder", Path.Combine(_folder, "w1"), "--name", "w1.example", "--log", keys, "--listen", "127.0.0.1:0");
        var asked = Path.Combine(_folder, "asked.policy");
        await File.WriteAllTextAsync(asked, $"witness w1 {witness.Key} {witness.Address}\nquorum w1\n", Stop);
        await using var server = await RunningServer.StartAsync(home, "--set", $"ledger.witness_policy={asked}");

        var file = Path.Combine(_folder, "record.tlog-proof");
        var proved = await server.RunAsync("ledger", "prove", "--log", "control", "--index", "2", "--out", file);
        Assert.True(proved.Exit == 0, proved.Error);
        Assert.DoesNotContain("have not cosigned", proved.Error, StringComparison.Ordinal);
        var policy = Path.Combine(_folder, "auditor.policy");
        await File.WriteAllTextAsync(policy, $"log {key}\nwitness w1 {witness.Key}\nquorum w1\n", Stop);
        var verified = await CliRun.OfAsync("ledger", "verify", file, "--policy", policy);
        Assert.True(verified.Exit == 0, verified.Error);
        Assert.Contains("witnessed: ", verified.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await server.RunAsync("ledger", "verify", server.Url + "log/control", "--policy", policy)).Exit);
        Assert.Contains("witness w1: cosigned ", (await server.RunAsync("ledger", "show")).Output, StringComparison.Ordinal);

        // Another witness is asked for than the one that saw it.
        await File.WriteAllTextAsync(policy, $"log {key}\nwitness w2 {Stranger()}\nquorum w2\n", Stop);
        var refused = await CliRun.OfAsync("ledger", "verify", file, "--policy", policy);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("WRIT2045", refused.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(policy, "log x\nquorum w2\n", Stop);
        var wrong = await CliRun.OfAsync("ledger", "verify", file, "--policy", policy);
        Assert.Equal(2, wrong.Exit);
        Assert.Contains($"{policy}:2:1: 'w2' is not a witness", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a key", "--folder", "w", "--name", "w.example", "--log", "x+1+y")]
    [InlineData("not a name", "--folder", "w", "--name", "two words", "--log", "KEY")]
    [InlineData("not an address", "--folder", "w", "--name", "w.example", "--log", "KEY", "--listen", "everywhere")]
    [InlineData("no log", "--folder", "w", "--name", "w.example")]
    public async Task What_makes_no_witness_is_bad_input(string what, params string[] arguments)
    {
        Assert.NotEmpty(what);
        using var key = Writ.Crypto.Signing.Ed25519PrivateKey.Generate();
        var text = Writ.Ledger.Notes.NoteVerifierKey.ForLog("log.example", key.PublicKey).ToString();
        var run = await CliRun.OfAsync(["witness", "serve", .. arguments.Select(a => a == "KEY" ? text : a)]);
        Assert.Equal((2, ""), (run.Exit, run.Output));
    }

    private static string Stranger()
    {
        using var key = Writ.Crypto.Signing.Ed25519PrivateKey.Generate();
        return Writ.Ledger.Notes.NoteVerifierKey.ForWitness("w2.example", key.PublicKey).ToString();
    }

    private async Task<(string Key, string Address)> WitnessAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "writ"), ["witness", "serve", .. arguments, "--json"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        _started.Add(process);
        var document = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            document.AppendLine(line);
            if (line == "}")
                break;
        }

        var said = JsonDocument.Parse(document.ToString()).RootElement;
        return (said.GetProperty("verifier_key").GetString()!, said.GetProperty("address").GetString()!);
    }
}
