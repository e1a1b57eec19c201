using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Dids;
using Writ.Identity.HttpSignatures;

namespace Writ.Server.Tests.Api;

/// <summary>An agent that signs its requests by a key of its own, and what an attacker makes of them.</summary>
internal sealed class SigningAgent : IDisposable
{
    private readonly RunningServer _server;
    private readonly TimeProvider _time;

    public SigningAgent(RunningServer server, TimeProvider time, byte[]? seed = null)
    {
        (_server, _time) = (server, time);
        Key = JsonWebSigningKey.FromEd25519(seed is null ? Ed25519PrivateKey.Generate() : Ed25519PrivateKey.FromSeed(seed));
    }

    public JsonWebSigningKey Key { get; }

    public string Did => Identity.Dids.Did.OfKey(Multikey.Of(Key.VerificationKey)!).ToString();

    public string KeyId => $"{Did}#{Did[8..]}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The body of its registration.</summary>
    public string Registration(string agent)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{KeyId} {Did[8..]}\n")));
        var possession = Key.Sign(JoseAlgorithm.Ed25519, Encoding.ASCII.GetBytes($"writ did possession 1 default {agent} {Did} {digest}\n"));
        return new JsonObject { ["kind"] = "did-key", ["did"] = Did, ["possession"] = Convert.ToBase64String(possession) }.ToJsonString();
    }

    /// <summary>A signed request, not yet sent.</summary>
    public HttpRequestMessage Request(string method, string path, string? body = null, Func<SignatureTerms, SignatureTerms>? change = null, params (string Name, string Value)[] more)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server.Server.Address, path));
        var fields = more.ToDictionary(field => field.Name.ToLowerInvariant(), field => field.Value, StringComparer.Ordinal);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            fields["content-type"] = "application/json";
            fields["content-digest"] = ContentDigest.Of(Encoding.UTF8.GetBytes(body));
        }

        var message = new SignedMessage
        {
            Method = method, Scheme = "http", Authority = _server.Server.Address.Authority, Target = path, Field = name => fields.TryGetValue(name, out var value) ? [value] : [],
        };
        var terms = new SignatureTerms
        {
            Components = ["@method", "@target-uri", .. fields.Keys.Where(name => name != "accept")], Created = _time.GetUtcNow(), Expires = _time.GetUtcNow() + TimeSpan.FromSeconds(30), KeyId = KeyId, Tag = "writ",
            Nonce = RandomNumberGenerator.GetHexString(32),
        };
        (fields["signature-input"], fields["signature"]) = MessageSigner.Sign(message, change?.Invoke(terms) ?? terms, Key);
        foreach (var (name, value) in fields.Where(field => field.Key != "content-type"))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Sends a request; the status, the body as JSON where it is an object, and a header of the answer.</summary>
    public async Task<(int Status, JsonObject? Body, HttpResponseMessage Response)> SendAsync(HttpRequestMessage request)
    {
        using var sent = request;
        var response = await _server.Client.SendAsync(sent, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null, response);
    }

    /// <summary>The same request once more, byte for byte, or with another body.</summary>
    public static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, string? body = null, Uri? address = null, HttpMethod? method = null)
    {
        var copy = new HttpRequestMessage(method ?? request.Method, address ?? request.RequestUri);
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(body is null ? await content.ReadAsByteArrayAsync(Stop) : Encoding.UTF8.GetBytes(body));
            foreach (var (name, values) in content.Headers)
                copy.Content.Headers.TryAddWithoutValidation(name, values);
            copy.Content.Headers.ContentLength = null;
        }

        return copy;
    }

    public void Dispose() => Key.Dispose();
}
