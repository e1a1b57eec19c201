using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Writ.Crypto.Jose;

namespace Writ.Server.Tests.OpenId;

/// <summary>An OpenID provider that lies as a test tells it to; what no real one would do.</summary>
internal sealed class StubProvider : IAsyncDisposable
{
    private readonly WebApplication _application;
    private JsonWebSigningKey _key = NewKey("k1");

    private StubProvider(WebApplication application) => _application = application;

    public string Issuer => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What it says of itself, changed.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>The id token that the next code is redeemed for.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>The challenge that the next code is bound to.</summary>
    public string Challenge { get; set; } = "";

    /// <summary>How often it was asked for its keys.</summary>
    public int KeysAsked { get; private set; }

    /// <summary>How often a code was redeemed with what it was bound to.</summary>
    public int Redeemed { get; private set; }

    public JsonWebSigningKey Key => _key;

    public static async Task<StubProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        var provider = new StubProvider(application);
        application.UseRouting();
        application.MapGet("/.well-known/openid-configuration", (Delegate)(() => Json(provider.Describe())));
        application.MapGet("/jwks", (Delegate)(() => Json(provider.Keys())));
        application.MapPost("/token", (Delegate)provider.RedeemAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public static JsonWebSigningKey NewKey(string id) => JsonWebSigningKey.FromEcdsa(ECDsa.Create(ECCurve.NamedCurves.nistP256), id);

    /// <summary>Signs with another key from here on.</summary>
    public void Rotate(string id) => _key = NewKey(id);

    /// <summary>Claims, signed.</summary>
    public string Sign(JsonObject claims, JsonWebSigningKey? key = null, string? type = null) =>
        new JwsSigner(key ?? _key, JoseAlgorithm.Es256).Sign(Encoding.UTF8.GetBytes(claims.ToJsonString()), type);

    public JsonObject Claims(string nonce, DateTimeOffset now, string subject = "alice") => new()
    {
        ["iss"] = Issuer, ["sub"] = subject, ["aud"] = "writ", ["nonce"] = nonce, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["sid"] = "s1",
        ["email"] = "ada@example.org",
    };

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _key.Dispose();
    }

    private JsonObject Describe()
    {
        var metadata = new JsonObject
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = Issuer + "/authorize", ["token_endpoint"] = Issuer + "/token", ["jwks_uri"] = Issuer + "/jwks",
            ["authorization_response_iss_parameter_supported"] = true,
        };
        Metadata(metadata);
        return metadata;
    }

    private JsonObject Keys()
    {
        KeysAsked++;
        return new JsonObject { ["keys"] = new JsonArray(JsonNode.Parse(_key.VerificationKey.ToJson())) };
    }

    private async Task<IResult> RedeemAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["code"] != "c1" || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != Challenge)
            return Results.StatusCode((int)HttpStatusCode.BadRequest);
        Redeemed++;
        return Json(new JsonObject { ["access_token"] = "a", ["token_type"] = "Bearer", ["id_token"] = IdToken });
    }

    private static IResult Json(JsonObject value) => Results.Text(value.ToJsonString(), "application/json");
}
