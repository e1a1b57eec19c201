using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Dids;
using Writ.Identity.HttpSignatures;

namespace Writ.EndToEnd.Tests;

/// <summary>Signs what a client sends by a key of the agent's own: all that an unchanged client of MCP needs to have no secret of Writ's.</summary>
internal sealed class SigningHandler(TimeProvider time) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private static readonly string[] Covered = ["content-type", "mcp-session-id", "mcp-protocol-version", "writ-task"];

    private readonly JsonWebSigningKey _key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());

    public string Did => Identity.Dids.Did.OfKey(Multikey.Of(_key.VerificationKey)!).ToString();

    /// <summary>The signature of one line, as a registration takes it.</summary>
    public string Says(string line) => Convert.ToBase64String(_key.Sign(JoseAlgorithm.Ed25519, Encoding.ASCII.GetBytes(line)));

    /// <summary>The line that makes a DID an agent's.</summary>
    public static string Line(string verb, string agent, string did) =>
        $"writ did {verb} 1 default {agent} {did} {Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{did}#{did[8..]} {did[8..]}\n")))}\n";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        request.Headers.TryAddWithoutValidation("Content-Digest", ContentDigest.Of(content));
        var fields = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(field => field.Key.ToLowerInvariant(), field => field.Value.Select(value => (string?)value).ToArray());
        var message = new SignedMessage
        {
            Method = request.Method.Method, Scheme = request.RequestUri!.Scheme, Authority = request.RequestUri.Authority, Target = request.RequestUri.PathAndQuery, Field = name => fields.GetValueOrDefault(name) ?? [],
        };
        var now = time.GetUtcNow();
        var terms = new SignatureTerms
        {
            Components = ["@method", "@target-uri", "content-digest", .. Covered.Where(fields.ContainsKey)], Created = now, Expires = now + TimeSpan.FromSeconds(30), KeyId = $"{Did}#{Did[8..]}", Tag = "writ",
            Nonce = RandomNumberGenerator.GetHexString(32),
        };
        var (input, signature) = MessageSigner.Sign(message, terms, _key);
        request.Headers.TryAddWithoutValidation("Signature-Input", input);
        request.Headers.TryAddWithoutValidation("Signature", signature);
        return await base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }
}
