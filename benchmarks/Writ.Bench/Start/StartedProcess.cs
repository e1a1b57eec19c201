using Writ.Bench.Installations;
using Writ.Server;

namespace Writ.Bench.Start;

/// <summary>What the bench starts as a process of its own: a server on an existing folder, which says when it is ready and ends.</summary>
internal static class StartedProcess
{
    public const string Word = "--start-server";

    public const string Ready = "ready";

    public static async Task<int> RunAsync(string folder)
    {
        if (await WritServer.StartAsync(BenchInstallation.OptionsOf(folder), TimeProvider.System, CancellationToken.None) is not ServerStart.Started started)
            return 3;
        using (var client = new HttpClient())
            Console.WriteLine((await client.GetStringAsync(new Uri(started.Server.Address, "/readyz"))).Trim());
        await Console.In.ReadLineAsync();
        await started.Server.DisposeAsync();
        return 0;
    }
}
