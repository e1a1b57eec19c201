using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>The misbehaving server behind Writ, everything on it permitted, and what its own log says reached it.</summary>
internal sealed class BadServer
{
    private readonly string _folder;

    private BadServer(string folder) => _folder = folder;

    /// <summary>Registers it as <c>bad</c>.</summary>
    public static async Task<BadServer> RegisterAsync(RunningWrit writ, string? policy = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(writ.Folder, "bad")).FullName;
        var server = new BadServer(folder);
        server.Mark("as admitted");
        await writ.ServerAsync("bad", Upstreams.Misbehaving(folder), ("echo", "write"), ("hang", "money"), ("die", "money"), ("flood", "read"), ("garbage", "read"));
        await writ.PublishAsync("bad", policy ?? """@id("all") permit (principal, action, resource);""");
        return server;
    }

    /// <summary>From now on its definitions say something else.</summary>
    public void Mark(string text) => File.WriteAllText(Path.Combine(_folder, "mark"), text);

    /// <summary>The names of the tools that were called, in order.</summary>
    public string[] Called() => [.. Calls().Select(c => c.Word("tool")!)];

    public IReadOnlyList<JsonObject> Calls()
    {
        var log = Path.Combine(_folder, "calls.jsonl");
        return File.Exists(log) ? [.. File.ReadLines(log).Select(line => JsonNode.Parse(line)!.AsObject())] : [];
    }

    /// <summary>Waits until a number of calls reached it.</summary>
    public async Task ReachedAsync(int calls)
    {
        while (Calls().Count < calls)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
