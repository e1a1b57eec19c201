using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>An issuer of end users that Writ believes: signs a token for whoever a test is about.</summary>
internal sealed class UserPool : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private UserPool(WebApplication application) => _application = application;

    private string Issuer => _application.Urls.First();

    /// <summary>Starts one and registers it.</summary>
    public static async Task<UserPool> RegisterAsync(RunningWrit writ)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var pool = new UserPool(builder.Build());
        pool._application.UseRouting();
        pool._application.MapGet("/.well-known/openid-configuration", () => Results.Text(new JsonObject
        {
            ["issuer"] = pool.Issuer, ["authorization_endpoint"] = pool.Issuer + "/authorize", ["token_endpoint"] = pool.Issuer + "/token", ["jwks_uri"] = pool.Issuer + "/keys",
        }.ToJsonString(), "application/json"));
        pool._application.MapGet("/keys", () => Results.Text(new JsonObject { ["keys"] = new JsonArray(TestJwt.Jwk(pool._key)) }.ToJsonString(), "application/json"));
        await pool._application.StartAsync(TestContext.Current.CancellationToken);
        await writ.PostAsync("/v1/user-issuers", new JsonObject
        {
            ["name"] = "shop", ["issuer"] = pool.Issuer, ["audiences"] = new JsonArray("web"), ["allowed_addresses"] = new JsonArray("127.0.0.1"),
            ["role"] = new JsonObject { ["claim"] = "role", ["words"] = new JsonObject { ["clerk"] = "clerk" } },
        });
        return pool;
    }

    /// <summary>A user's token.</summary>
    public string Token(string user, DateTimeOffset? authenticated = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new JsonObject { ["iss"] = Issuer, ["sub"] = user, ["aud"] = "web", ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["role"] = "clerk" };
        if (authenticated is { } at)
            claims["auth_time"] = at.ToUnixTimeSeconds();
        return TestJwt.Sign(_key, new JsonObject { ["alg"] = "ES256" }, claims);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _key.Dispose();
    }
}
