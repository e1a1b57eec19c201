using System.IO.Compression;
using System.Text;
using Writ.Governance.Policies;
using Writ.Governance.Replay;
using Writ.Testing;

namespace Writ.Governance.Tests.Replay;

/// <summary>A folder with trace files, replayed against a bundle.</summary>
internal sealed class Recording : IDisposable
{
    public const string Tools =
        """
        {"bank_west":[
          {"name":"balance","effect":"read","untrusted_source":false,"doc":"Tells.","params":{}},
          {"name":"pay","effect":"money","untrusted_source":false,"params":{"to":{"type":"str"},"amount":{"type":"float"},"note":{"type":"str | None","default":null}}},
          {"name":"rename","effect":"write","untrusted_source":false,"params":{"names":{"type":"list[str]"}}}]}
        """;

    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-replay-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public static BundleArchive Bundle(string policies, BundleTier tier = BundleTier.Soft) =>
        new(new BundleManifest { Name = "test", Version = "1", Tier = tier }, [new BundleFile("test.cedar", policies)]);

    public static BundleArchive Starter(string name) =>
        Assert.IsType<BundleReading.Read>(BundleFolder.Read(Repository.PathOf("samples", "policies", name))).Archive;

    public static ReplayWorldMaking Make(BundleArchive bundle, string tools) => ReplayWorld.Make(bundle, Encoding.UTF8.GetBytes(tools), At, new FakeTime());

    public static ReplayWorld World(BundleArchive bundle, string tools = Tools) => Assert.IsType<ReplayWorldMaking.Made>(Make(bundle, tools)).World;

    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string Gzip(string name, string text)
    {
        using var file = System.IO.File.Create(PathOf(name));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        return PathOf(name);
    }

    public static async Task<(ReplayResult Result, string Decisions)> RunAsync(ReplayWorld world, params string[] traces)
    {
        using var decisions = new MemoryStream();
        var result = await new ReplayRun(world).RunAsync(traces, decisions, null, TestContext.Current.CancellationToken);
        return (result, Encoding.UTF8.GetString(decisions.ToArray()));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
