using System.Security.Cryptography;
using Writ.Crypto.Jose;
using Writ.Identity.HttpSignatures;

namespace Writ.Gateways.WebBotAuth;

/// <summary>
/// Signs Writ's own requests as Web Bot Auth has it (draft-meunier-web-bot-auth-architecture), with one key that its directory shows: a server
/// knows by it that a call came through Writ. It covers method, address and content, beyond what the draft asks for. Thread safe.
/// </summary>
public sealed class RequestSigner(JsonWebSigningKey key, TimeProvider time)
{
    /// <summary>How long a signature counts.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private const string RequestTag = "web-bot-auth";
    private const string DirectoryTag = "http-message-signatures-directory";

    /// <summary>The key that verifies.</summary>
    public JsonWebKey Key => key.VerificationKey;

    /// <summary>What names it: its thumbprint (RFC 7638).</summary>
    public string KeyId => Key.Thumbprint.ToBase64Url();

    /// <summary>Adds the digest of a request's content and the signature. The request has no other by then.</summary>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(request);
        var digest = request.Content is null ? null : ContentDigest.Of(content);
        var address = request.RequestUri!;
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var message = new SignedMessage
        {
            Method = request.Method.Method, Scheme = address.Scheme, Authority = address.IsDefaultPort ? host : $"{host}:{address.Port}", Target = address.PathAndQuery,
            Field = name => name == ContentDigest.Field && digest is not null ? [digest] : [],
        };
        string[] components = ["@method", "@authority", "@target-uri", .. digest is null ? Array.Empty<string>() : [ContentDigest.Field]];
        var (input, signature) = MessageSigner.Sign(message, Terms(RequestTag, components), key);
        if (digest is not null)
            request.Headers.TryAddWithoutValidation("Content-Digest", digest);
        request.Headers.TryAddWithoutValidation("Signature-Input", input);
        request.Headers.TryAddWithoutValidation("Signature", signature);
    }

    /// <summary>Signs the directory for the host that it was asked of, so that nobody shows it as their own.</summary>
    public (string Input, string Signature) SignDirectory(SignedMessage request, string digest)
    {
        var response = new SignedMessage { Status = 200, Request = request, Field = name => name == ContentDigest.Field ? [digest] : [] };
        return MessageSigner.Sign(response, Terms(DirectoryTag, [ContentDigest.Field]) with { RequestComponents = ["@authority"] }, key);
    }

    private SignatureTerms Terms(string tag, string[] components)
    {
        var now = time.GetUtcNow();
        return new SignatureTerms
        {
            Components = [.. components], Created = now, Expires = now + Life, KeyId = KeyId, Tag = tag, Nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)), WithAlgorithm = true,
        };
    }
}
