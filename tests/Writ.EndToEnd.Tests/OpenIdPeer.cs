using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
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

    /// <summary>Logs somebody in as a browser would, and consents; the id token.</summary>
    public async Task<string> SignInAsync(string account, Uri redirect)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var next = new Uri($"{Issuer}/auth?client_id=writ&response_type=code&scope=openid&max_age=3600&nonce=n&state=s&redirect_uri={Uri.EscapeDataString(redirect.ToString())}&code_challenge={challenge}&code_challenge_method=S256");
        while (!next.ToString().StartsWith(redirect.ToString(), StringComparison.Ordinal))
        {
            using var page = await client.GetAsync(next, TestContext.Current.CancellationToken);
            var answer = page;
            if (page.StatusCode == HttpStatusCode.OK)
            {
                var prompt = (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("value=\"login\"", StringComparison.Ordinal) ? "login" : "consent";
                using var form = new FormUrlEncodedContent([new("prompt", prompt), new("login", account), new("password", "x")]);
                answer = await client.PostAsync(next, form, TestContext.Current.CancellationToken);
            }

            next = new Uri(next, answer.Headers.Location ?? throw new InvalidOperationException($"{(int)answer.StatusCode} at {next.AbsolutePath}"));
        }

        var code = next.Query[1..].Split('&').First(part => part.StartsWith("code=", StringComparison.Ordinal))["code=".Length..];
        using var redeem = new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirect.ToString()), new("client_id", "writ"), new("code_verifier", verifier)]);
        using var tokens = await client.PostAsync(new Uri(Issuer + "/token"), redeem, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await tokens.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id_token"]!.GetValue<string>();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
