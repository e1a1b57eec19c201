using System.Diagnostics;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>A real OpenID provider as a process of its own.</summary>
internal sealed class OpenIdPeer : IDisposable
{
    private readonly Process _process;

    private OpenIdPeer(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>Starts one that knows Writ as the client <c>writ</c>.</summary>
    public static async Task<OpenIdPeer> StartAsync(Uri redirect, Uri logout)
    {
        var process = Process.Start(new ProcessStartInfo(Peers.Node, [Peers.OpenIdProvider])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REDIRECT"] = redirect.ToString(), ["LOGOUT"] = logout.ToString() },
        })!;
        _ = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("listening ", line, StringComparison.Ordinal);
        return new OpenIdPeer(process, $"http://127.0.0.1:{line!["listening ".Length..]}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
