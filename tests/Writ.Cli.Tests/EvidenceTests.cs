using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Cli.Tests;

/// <summary>Evidence packs of a real installation, judged by Writ and by the verifiers that share no code with it.</summary>
public sealed class EvidenceTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-evidence-");
    private RunningServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_pack_verifies_where_nobody_has_seen_Writ_and_no_altered_one_does()
    {
        var (agent, file, key) = await ExportAsync();
        foreach (var given in (string?[])[key, null])
        {
            var run = await CliRun.OfAsync(["ledger", "verify", file, .. given is null ? [] : new[] { "--key", given }]);
            Assert.True(run.Exit == 0, run.Output + run.Error);
            Assert.Contains("sound: every record in the pack is in its log", run.Output, StringComparison.Ordinal);
            Assert.Equal(given is null, run.Output.Contains("compare it with one from elsewhere", StringComparison.Ordinal));
            Assert.All(await OthersAsync([file], given), answer => Assert.True(answer.Sound, string.Join(", ", answer.Violations)));
        }

        var unpacked = Path.Combine(_folder.FullName, "unpacked");
        await ZipFile.ExtractToDirectoryAsync(file, unpacked, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await CliRun.OfAsync("ledger", "verify", unpacked, "--key", key)).Exit);
        var page = await File.ReadAllTextAsync(Path.Combine(unpacked, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains(agent, page, StringComparison.Ordinal);
        Assert.Contains("administrator: approved", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);

        string[] altered = [.. Alterations(unpacked).Select((alter, number) => Altered(unpacked, alter, number))];
        var (python, javaScript) = (await OtherVerifier.Python.VerifyAsync(altered, key, cancellation: TestContext.Current.CancellationToken), await OtherVerifier.JavaScript.VerifyAsync(altered, key, cancellation: TestContext.Current.CancellationToken));
        for (var i = 0; i < altered.Length; i++)
        {
            var run = await CliRun.OfAsync("ledger", "verify", altered[i], "--key", key, "--json");
            Assert.True(run.Exit == 1, $"{altered[i]} is taken: {run.Output}{run.Error}");
            string[] found = [.. run.Json.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("violation").GetBoolean()).Select(f => f.GetProperty("kind").GetString()!).Distinct().Order(StringComparer.Ordinal)];
            Assert.True(found.SequenceEqual(python[i].Violations), $"{altered[i]}: {string.Join(", ", found)}; Python: {string.Join(", ", python[i].Violations)}");
            Assert.True(found.SequenceEqual(javaScript[i].Violations), $"{altered[i]}: {string.Join(", ", found)}; JavaScript: {string.Join(", ", javaScript[i].Violations)}");
        }
    }

    [Fact]
    public async Task A_pack_is_refused_where_the_key_is_anothers_and_where_it_is_none()
    {
        var (_, file, _) = await ExportAsync();
        var stranger = Convert.ToBase64String(Writ.Crypto.Signing.Ed25519PrivateKey.FromSeed(new byte[32]).PublicKey.Bytes);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", file, "--key", stranger)).Exit);
        Assert.All(await OthersAsync([file], stranger), answer => Assert.Contains("CheckpointInvalid", answer.Violations));

        var empty = Path.Combine(_folder.FullName, "empty.zip");
        await using (var zip = await ZipFile.OpenAsync(empty, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
            zip.CreateEntry("nothing");
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", empty, "--key", stranger)).Exit);
        var noise = Path.Combine(_folder.FullName, "noise.zip");
        await File.WriteAllTextAsync(noise, "no zip", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", noise, "--key", stranger)).Exit);
    }

    [Fact]
    public async Task A_pack_of_a_range_leaves_nothing_out()
    {
        var (_, _, key) = await ExportAsync();
        var file = Path.Combine(_folder.FullName, "range.zip");
        Assert.Equal(0, (await _server!.RunAsync("ledger", "export", "--range", "1-999999", "--out", file)).Exit);
        Assert.Equal(1, (await _server.RunAsync("ledger", "export", "--range", "999998-999999", "--out", file + "2")).Exit);
        var run = await CliRun.OfAsync("ledger", "verify", file, "--key", key, "--json");
        Assert.Equal(0, run.Exit);
        var (first, last) = (run.Json.GetProperty("complete").GetProperty("first").GetInt64(), run.Json.GetProperty("complete").GetProperty("last").GetInt64());
        Assert.True(first == 1 && last > 3, $"{first} to {last}");
        Assert.DoesNotContain("left nothing out", run.Output, StringComparison.Ordinal);
        Assert.All(await OthersAsync([file], key), answer => Assert.True(answer.Sound));

        var unpacked = Path.Combine(_folder.FullName, "range");
        await ZipFile.ExtractToDirectoryAsync(file, unpacked, TestContext.Current.CancellationToken);
        var gap = Path.Combine(unpacked, "decisions", "000000000003.json");
        File.Delete(gap);
        File.Delete(Path.ChangeExtension(gap, ".tlog-proof"));
        Mend(unpacked);
        var without = await CliRun.OfAsync("ledger", "verify", unpacked, "--key", key);
        Assert.Equal(1, without.Exit);
        Assert.Contains("RecordMissing decisions/000000000003.json", without.Output, StringComparison.Ordinal);
        Assert.All(await OthersAsync([unpacked], key), answer => Assert.Equal(["RecordMissing"], answer.Violations));
    }

    [Fact]
    public async Task What_is_asked_is_one_thing_that_there_is()
    {
        var (agent, file, _) = await ExportAsync();
        Assert.Equal(2, (await _server!.RunAsync("ledger", "export", "--agent", agent, "--out", file)).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "export", "--out", file + "2")).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "export", "--agent", agent, "--range", "0-1", "--out", file + "2")).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "export", "--range", "5-1", "--out", file + "2")).Exit);
        Assert.Equal(1, (await _server.RunAsync("ledger", "export", "--task", Guid.Empty.ToString(), "--out", file + "2")).Exit);
        Assert.Equal(0, (await _server.RunAsync("ledger", "export", "--range", "0-3", "--out", file + "2")).Exit);
        Assert.False(File.Exists(file + "3"));
    }

    private async Task<(string Agent, string File, string Key)> ExportAsync()
    {
        if (new Bubblewrap().Problem is { } problem)
            Assert.Skip(problem);
        var installation = Directory.CreateDirectory(Path.Combine(_folder.FullName, "installation"));
        var played = await CliRun.OfAsync("demo", "--once", "--port", "0", "--folder", installation.FullName);
        Assert.True(played.Exit == 0, played.Output + played.Error);
        _server = await RunningServer.StartAsync(installation);
        var agent = (await _server.RunAsync("agent", "list", "--json")).Json.GetProperty("agents")[0].GetProperty("id").GetString()!;
        var file = Path.Combine(_folder.FullName, "pack.zip");
        var run = await _server.RunAsync("ledger", "export", "--agent", agent, "--out", file, "--json");
        Assert.True(run.Exit == 0, run.Output + run.Error);
        return (agent, file, run.Json.GetProperty("key").GetString()!);
    }

    private static async Task<IEnumerable<(bool Sound, IReadOnlyList<string> Violations)>> OthersAsync(IReadOnlyList<string> paths, string? key) =>
    [
        .. await OtherVerifier.Python.VerifyAsync(paths, key, cancellation: TestContext.Current.CancellationToken),
        .. await OtherVerifier.JavaScript.VerifyAsync(paths, key, cancellation: TestContext.Current.CancellationToken),
    ];

    /// <summary>What somebody can do to a pack who has it in hands; where a manifest is mended, only proofs show it.</summary>
    private static IEnumerable<Action<string>> Alterations(string sound)
    {
        string[] names = [.. Directory.EnumerateFiles(sound, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(sound, path)).Order(StringComparer.Ordinal)];
        var random = new Random(11);
        foreach (var name in names.Where((_, i) => i % 6 == 0))
            yield return pack => Flip(Path.Combine(pack, name), random);
        foreach (var name in names.Where((name, i) => name != "manifest.json" && (i % 10 == 0 || name == "report.html")))
            yield return pack => File.Delete(Path.Combine(pack, name));
        string[] records = [.. names.Where(name => name.EndsWith(".json", StringComparison.Ordinal) && name.Contains('/', StringComparison.Ordinal))];
        foreach (var name in records.Where((_, i) => i % 8 == 0))
        {
            yield return pack =>
            {
                var path = Path.Combine(pack, name);
                Rewrite(path);
                Mend(pack);
            };
            yield return pack =>
            {
                var other = Path.Combine(pack, records[(Array.IndexOf(records, name) + 1) % records.Length]);
                File.Copy(other, Path.Combine(pack, name), overwrite: true);
                File.Copy(Path.ChangeExtension(other, ".tlog-proof"), Path.ChangeExtension(Path.Combine(pack, name), ".tlog-proof"), overwrite: true);
                Mend(pack);
            };
        }

        // A log that the manifest does not name any more, so that nobody would ask for its proofs.
        foreach (var log in (string[])["decisions", "control"])
        {
            yield return pack =>
            {
                var record = Path.Combine(pack, records.First(name => name.StartsWith(log, StringComparison.Ordinal)));
                Rewrite(record);
                Mend(pack, logs => logs.RemoveAll(of => of!["name"]!.GetValue<string>() == log));
            };
        }

        yield return pack => Mend(pack, logs => logs.Add(logs[0]!.DeepClone()));
        yield return pack => Mend(pack, logs => logs.Clear());
        yield return pack =>
        {
            File.WriteAllText(Path.Combine(pack, "decisions", "12.json"), "{}");
            Mend(pack);
        };
        yield return pack => File.WriteAllText(Path.Combine(pack, "decisions", "000000099999.json"), "{}");
        yield return pack =>
        {
            File.WriteAllText(Path.Combine(pack, "decisions", "000000099999.json"), "{}");
            Mend(pack);
        };
        yield return pack =>
        {
            File.Copy(Path.Combine(pack, "control", "checkpoint"), Path.Combine(pack, "decisions", "checkpoint"), overwrite: true);
            Mend(pack);
        };
        yield return pack =>
        {
            var part = records.First(name => name.StartsWith("control", StringComparison.Ordinal) && File.ReadAllText(Path.Combine(pack, name)).Contains("bundle.part", StringComparison.Ordinal));
            File.Delete(Path.Combine(pack, part));
            File.Delete(Path.ChangeExtension(Path.Combine(pack, part), ".tlog-proof"));
            Mend(pack);
        };
    }

    private static void Flip(string path, Random random)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[random.Next(bytes.Length)] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void Rewrite(string path)
    {
        var record = File.ReadAllText(path);
        var other = record.Replace("\"organization\":\"default\"", "\"organization\":\"another\"", StringComparison.Ordinal);
        Assert.NotEqual(record, other);
        File.WriteAllText(path, other);
    }

    /// <summary>Makes the manifest fit what is there now.</summary>
    private static void Mend(string pack, Action<JsonArray>? logs = null)
    {
        var path = Path.Combine(pack, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        manifest["files"] = new JsonObject(Directory.EnumerateFiles(pack, "*", SearchOption.AllDirectories).Where(file => file != path)
            .Select(file => KeyValuePair.Create(Path.GetRelativePath(pack, file), (JsonNode?)Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))))));
        logs?.Invoke(manifest["logs"]!.AsArray());
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private string Altered(string sound, Action<string> alter, int number)
    {
        var copy = Path.Combine(_folder.FullName, $"altered-{number}");
        foreach (var file in Directory.EnumerateFiles(sound, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(sound, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        alter(copy);
        return copy;
    }
}
