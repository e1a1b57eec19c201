using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;
using Writ.Ledger.Witnessing;
using Writ.Server.Witnessing;
using Writ.Testing;

namespace Writ.Server.Tests.Witnessing;

/// <summary>A witness over real HTTP, and a server that asks it.</summary>
public sealed class WitnessServerTests : IDisposable
{
    private const string Origin = "log.example/1";
    private static readonly Ed25519PrivateKey LogKey = Ed25519PrivateKey.FromSeed([.. Enumerable.Repeat((byte)9, 32)]);
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-witness-").FullName;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<WitnessServer> WitnessAsync(string name, params NoteVerifierKey[] logs)
    {
        var options = new WitnessOptions { Folder = Path.Combine(_folder, name), Name = $"{name}.example", Logs = logs, Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        var (server, fault) = await WitnessServer.StartAsync(options, TimeProvider.System, Stop);
        Assert.True(server is not null, fault?.ToString());
        return server;
    }

    private async Task<(int Status, string Type, string Body)> PostAsync(WitnessServer witness, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var response = await _client.PostAsync(new Uri(witness.Address, "/add-checkpoint"), content, Stop);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsStringAsync(Stop));
    }

    private static byte[] Request(ulong old, ulong size, Ed25519PrivateKey? key = null, string origin = Origin) =>
        new AddCheckpointRequest(old, [], new Checkpoint(origin, size, MerkleHash.Leaf([(byte)size])).Sign(key ?? LogKey).ToBytes()).ToBytes();

    [Fact]
    public async Task Each_answer_has_the_status_and_the_body_of_the_specification()
    {
        await using var witness = await WitnessAsync("w1", NoteVerifierKey.ForLog(Origin, LogKey.PublicKey));
        using var other = Ed25519PrivateKey.Generate();
        var monitor = $"/{Hash256.Of(Encoding.UTF8.GetBytes(Origin)).ToHex()}/checkpoint";
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(new Uri(witness.Address, monitor), Stop)).StatusCode);

        var (status, _, lines) = await PostAsync(witness, Request(0, 5));
        Assert.Equal(200, status);
        Assert.StartsWith("— w1.example ", lines, StringComparison.Ordinal);
        Assert.EndsWith("\n", lines, StringComparison.Ordinal);
        var kept = await _client.GetByteArrayAsync(new Uri(witness.Address, monitor), Stop);
        Assert.True(NoteVerifierKey.TryParse(witness.VerifierKey, out var identity));
        Assert.True(SignedNote.TryParse(kept, out var note));
        Assert.True(note.IsSignedBy(identity) && note.IsSignedBy(NoteVerifierKey.ForLog(Origin, LogKey.PublicKey)));

        Assert.Equal((409, "text/x.tlog.size", "5\n"), await PostAsync(witness, Request(0, 6)));
        Assert.Equal(422, (await PostAsync(witness, Request(5, 6))).Status);
        Assert.Equal(404, (await PostAsync(witness, Request(0, 5, origin: "other.example"))).Status);
        Assert.Equal(403, (await PostAsync(witness, Request(5, 6, other))).Status);
        Assert.Equal(400, (await PostAsync(witness, Request(7, 6))).Status);
        Assert.Equal(400, (await PostAsync(witness, "old 0\n"u8.ToArray())).Status);
        Assert.Equal(413, (await PostAsync(witness, new byte[AddCheckpointRequest.MaxLength + 1])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(new Uri(witness.Address, monitor.ToUpperInvariant()), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(new Uri(witness.Address, "/"), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _client.GetAsync(new Uri(witness.Address, "/add-checkpoint"), Stop)).StatusCode);
        Assert.Equal("ok\n", await _client.GetStringAsync(new Uri(witness.Address, "/healthz"), Stop));
    }

    [Fact]
    public async Task A_folder_has_one_owner_and_its_key_is_never_made_anew()
    {
        var log = NoteVerifierKey.ForLog(Origin, LogKey.PublicKey);
        string identity;
        await using (var witness = await WitnessAsync("w1", log))
        {
            identity = witness.VerifierKey;
            var options = new WitnessOptions { Folder = Path.Combine(_folder, "w1"), Name = "w1.example", Logs = [log], Listen = new IPEndPoint(IPAddress.Loopback, 0) };
            Assert.Equal("WRIT2021", (await WitnessServer.StartAsync(options, TimeProvider.System, Stop)).Fault!.Code);
            Assert.Equal(200, (await PostAsync(witness, Request(0, 5))).Status);
        }

        await using (var again = await WitnessAsync("w1", log))
        {
            Assert.Equal(identity, again.VerifierKey);
            Assert.Equal((409, "text/x.tlog.size", "5\n"), await PostAsync(again, Request(0, 6)));
        }

        File.Delete(Path.Combine(_folder, "w1", "witness.key"));
        var gone = new WitnessOptions { Folder = Path.Combine(_folder, "w1"), Name = "w1.example", Logs = [log], Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        Assert.Equal("WRIT9201", (await WitnessServer.StartAsync(gone, TimeProvider.System, Stop)).Fault!.Code);
    }

    [Fact]
    public async Task A_server_has_its_checkpoints_cosigned_and_a_witness_that_is_gone_keeps_nobody_waiting()
    {
        var time = new FakeTime();
        // The first start makes the keys that the witness has to know.
        var home = Path.Combine(_folder, "home");
        Directory.CreateDirectory(home);
        JsonObject heads;
        await using (var first = await RunningServer.StartAsync(home, null, time))
            heads = (await first.SendAsync("GET", "/v1/ledger", first.Person)).Body!;
        Assert.True(NoteVerifierKey.TryParse(heads["logs"]![0]!["verifier_key"]!.GetValue<string>(), out var control));

        var witness = await WitnessAsync("w1", control);
        var policy = Path.Combine(_folder, "witnesses.policy");
        await File.WriteAllTextAsync(policy, $"witness w1 {witness.VerifierKey} {witness.Address}\nquorum w1\n", Stop);
        await using var writ = await RunningServer.StartAsync(home, policy, time);
        await writ.SendAsync("POST", "/v1/ledger/checkpoint", writ.Person);
        var view = await UntilAsync(v => v["witnesses"]![0]!["behind"]!.GetValue<long>() == 0);
        Assert.Equal(view["checkpoint_size"]!.GetValue<long>(), view["witnessed_size"]!.GetValue<long>());
        Assert.NotNull(view["witnesses"]![0]!["cosigned_at"]);

        var note = await writ.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(writ.Server.Address, "/log/control/checkpoint")) { Headers = { { "Authorization", $"Bearer {writ.Person}" } } }, Stop);
        Assert.True(TrustPolicy.TryParse(Encoding.ASCII.GetBytes($"log {control}\nwitness w1 {witness.VerifierKey}\nquorum w1\n"), out var demanded, out _));
        Assert.Null(demanded.Accept(await note.Content.ReadAsByteArrayAsync(Stop), out var seen));

        // Without its witness the server goes on, shows what was witnessed, and says so.
        await witness.DisposeAsync();
        await writ.AgentAsync("later");
        await writ.SendAsync("POST", "/v1/ledger/checkpoint", writ.Person);
        view = await UntilAsync(v => v["witnesses"]![0]!["code"] is not null);
        Assert.Equal("WRIT2046", view["witnesses"]![0]!["code"]!.GetValue<string>());
        Assert.True(view["witnesses"]![0]!["behind"]!.GetValue<long>() > 0);
        Assert.Equal((long)seen!.Checkpoint.Size, view["witnessed_size"]!.GetValue<long>());
        var (_, _, latest) = await writ.SendAsync("GET", "/log/control/checkpoint/latest", writ.Person);
        Assert.Equal(view["checkpoint_size"]!.ToString(), (await latest.Content.ReadAsStringAsync(Stop)).Split('\n')[1]);

        async Task<JsonNode> UntilAsync(Func<JsonNode, bool> holds)
        {
            while (true)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                var log = (await writ.SendAsync("GET", "/v1/ledger", writ.Person)).Body!["logs"]![0]!;
                if (holds(log))
                    return log;
                Stop.ThrowIfCancellationRequested();
            }
        }
    }

    [Theory]
    [InlineData("quorum none\n", "names no witness")]
    [InlineData("quorum w1\n", "witnesses.policy:1: 'w1' is not a witness")]
    [InlineData("witnes w1 KEY http://127.0.0.1:1/\nquorum none\n", "witnesses.policy:1: 'witnes' is not log, witness")]
    [InlineData("witness w1 KEY\nquorum w1\n", "w1 has no address")]
    [InlineData(null, "there is no such file")]
    public async Task A_policy_that_cannot_be_used_is_refused_at_the_start(string? text, string says)
    {
        using var key = Ed25519PrivateKey.Generate();
        var policy = Path.Combine(_folder, "witnesses.policy");
        if (text is not null)
            await File.WriteAllTextAsync(policy, text.Replace("KEY", NoteVerifierKey.ForWitness("w1.example", key.PublicKey).ToString(), StringComparison.Ordinal), Stop);
        var options = RunningServer.OptionsIn(_folder);
        var start = await WritServer.StartAsync(options with { Ledger = options.Ledger with { WitnessPolicyFile = policy } }, TimeProvider.System, Stop);
        var refused = Assert.IsType<ServerStart.Refused>(start);
        Assert.Equal("WRIT9011", refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        await (Assert.IsType<ServerStart.Started>(await WritServer.StartAsync(options, TimeProvider.System, Stop)).Server).DisposeAsync();
    }
}
