using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;

namespace Writ.EndToEnd.Tests;

/// <summary>Forgetting a user for real: the bytes of every file are searched.</summary>
public sealed class ErasureTests
{
    private const string Permit = "permit (principal, action, resource);";
    private const string User = "alice.liddell@wonderland.example";
    private const string Marker = "drink-me-and-forget";
    private const int FrameLength = 144;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_user_is_in_no_file_any_more_and_every_proof_still_holds()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, Permit);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        await using var users = await UserPool.RegisterAsync(writ);
        var task = await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["user_token"] = users.Token(User), ["request"] = Marker });
        using (var agent = new McpAgent(writ, key, "bad") { Task = task.Word("token") })
            (await agent.CallAsync("echo", new JsonObject { ["text"] = Marker })).Result();
        await writ.NewestEffectAsync();
        var decision = (await writ.DecisionsAsync())[0].Word("id");
        Assert.Equal(Marker, (await writ.GetAsync($"/v1/decisions/{decision}/payload"))["payload"]!["arguments"]!["text"]!.GetValue<string>());

        var store = Path.Combine(writ.Folder, "data", "vault.keys");
        var wrapped = WrappedKeyOf(ReadShared(store), (await writ.DecisionsAsync())[0].Word("subject")!["user/".Length..]);
        Assert.NotEmpty(Holding(writ.Folder, wrapped));
        await File.WriteAllBytesAsync(store + ".new", ReadShared(store), Stop);

        await writ.PostAsync("/v1/erasures", new JsonObject { ["subject"] = "user/nobody", ["reason"] = "r" }, 404);
        await writ.PostAsync("/v1/erasures", new JsonObject { ["subject"] = User, ["reason"] = "r" }, 400);
        var asked = (await writ.PostAsync("/v1/erasures", new JsonObject { ["subject"] = $"user/{User}", ["reason"] = "request 1" }, 202))["erasure"]!;
        Assert.Equal("requested", asked.Word("state"));
        await writ.PostAsync("/v1/holds", new JsonObject { ["name"] = "case", ["reason"] = "litigation", ["subject"] = $"user/{User}" });
        Assert.Equal("WRIT2070", (await writ.PostAsync($"/v1/erasures/{asked.Word("id")}/confirm", status: 409)).Word("code"));
        Assert.Empty((await writ.PostAsync("/v1/holds/case/lift", new JsonObject { ["reason"] = "over" }, 200))["holds"]!.AsArray());
        var done = (await writ.PostAsync($"/v1/erasures/{asked.Word("id")}/confirm", status: 200))["erasure"]!;
        Assert.Equal(("executed", true), (done.Word("state"), done["solo"]!.GetValue<bool>()));

        var read = await writ.GetAsync($"/v1/decisions/{decision}/payload");
        Assert.Equal(("erased", "payload erased, commitment present"), (read.Word("state"), read.Word("words")));
        Assert.Equal(64, read.Word("commitment")!.Length);
        Assert.Null(read["payload"]);

        await writ.StopAsync(); // verifies both ledgers from the first byte to the last
        foreach (var gone in new[] { Encoding.UTF8.GetBytes(Marker), Encoding.UTF8.GetBytes(User), Encoding.Unicode.GetBytes(User), wrapped })
            Assert.Empty(Holding(writ.Folder, gone));
        var places = LedgerPlace.Find(Path.Combine(writ.Folder, "data"), null);
        var verified = await InstallationVerification.VerifyAsync(places, [], Stop);
        Assert.True(verified.IsSound);
        Assert.Equal((1, 3L), (verified.Content!.Erasures, verified.Content.Erased)); // task, decision, effect

        await writ.RestartAsync();
        Assert.Equal("erased", (await writ.GetAsync($"/v1/decisions/{decision}/payload")).Word("state"));
        using var after = new McpAgent(writ, key, "bad") { Task = task.Word("token") };
        (await after.CallAsync("echo")).Refused("WRIT3003");
    }

    [Fact]
    public async Task A_key_store_restored_from_before_an_erasure_is_erased_again_at_the_start()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, Permit);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        using (var agent = new McpAgent(writ, key, "bad"))
            (await agent.CallAsync("echo", new JsonObject { ["text"] = Marker })).Result();
        await writ.NewestEffectAsync();
        var decision = (await writ.DecisionsAsync())[0].Word("id");
        var store = Path.Combine(writ.Folder, "data", "vault.keys");
        var backup = ReadShared(store);

        var asked = (await writ.PostAsync("/v1/erasures", new JsonObject { ["subject"] = $"agent/{id}", ["reason"] = "request 2" }, 202))["erasure"]!;
        await writ.PostAsync($"/v1/erasures/{asked.Word("id")}/confirm", status: 200);
        await writ.StopAsync();
        await File.WriteAllBytesAsync(store, backup, Stop);
        await writ.RestartAsync();
        Assert.Equal("erased", (await writ.GetAsync($"/v1/decisions/{decision}/payload")).Word("state"));
        Assert.True(ReadShared(store).AsSpan().IndexOf(backup.AsSpan(^40)) < 0);
    }

    [Fact]
    public async Task What_agents_wrote_is_read_by_security_and_compliance_alone()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, Permit);
        using (var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad"))
            (await agent.CallAsync("echo")).Result();
        var decision = (await writ.DecisionsAsync())[0].Word("id");
        foreach (var (capability, status) in new[] { ("app", 403), ("platform", 403), ("compliance", 200) })
        {
            var token = (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = capability, ["capabilities"] = new JsonArray(capability) })).Word("token")!;
            using var client = writ.Client(token);
            using var answer = await client.GetAsync($"/v1/decisions/{decision}/payload");
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    /// <summary>The files below a folder that hold these bytes anywhere.</summary>
    private static string[] Holding(string folder, byte[] bytes) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "data"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "config"), "*", SearchOption.AllDirectories))
            .Where(file => ReadShared(file).AsSpan().IndexOf(bytes) >= 0)];

    private static byte[] ReadShared(string file)
    {
        // As an intruder reads it: a stream of ours would ask for the lock that the running server has.
        using var reading = Process.Start(new ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true })!;
        var bytes = new MemoryStream();
        reading.StandardOutput.BaseStream.CopyTo(bytes);
        reading.WaitForExit();
        return bytes.ToArray();
    }

    private static byte[] WrappedKeyOf(byte[] store, string keyId)
    {
        for (var at = 0; at < store.Length; at += FrameLength)
        {
            if (new Guid(store.AsSpan(at + 24, 16)) == Guid.Parse(keyId))
                return store[(at + 104)..(at + 144)];
        }

        throw new InvalidOperationException("the key store has no such key");
    }
}
