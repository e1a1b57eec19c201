using System.Collections.Immutable;
using System.Security.Cryptography;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Identity.Dids;
using Writ.Identity.HttpSignatures;

namespace Writ.Governance.Tests.Credentials;

/// <summary>An agent with a key of its own, and what it signs.</summary>
internal sealed class DidAgent : IDisposable
{
    public DidAgent(string? web = null)
    {
        Key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var multikey = Multikey.Of(Key.VerificationKey)!;
        Did = web ?? Identity.Dids.Did.OfKey(multikey).ToString();
        KeyId = web is null ? $"{Did}#{multikey}" : $"{Did}#key-1";
        Keys = [$"{KeyId} {multikey}"];
    }

    public JsonWebSigningKey Key { get; }

    public string Did { get; }

    public string KeyId { get; }

    public ImmutableArray<string> Keys { get; init; }

    public bool IsWeb => Did.StartsWith("did:web:", StringComparison.Ordinal);

    public AgentCredentialRegistered Registration(AgentId agent, DateTimeOffset now, string? predecessor = null, DidAgent? signedBy = null, DidAgent? possessedBy = null, string organization = "default") => new(
        agent, Guid.CreateVersion7(now).ToString("N"), IsWeb ? CredentialKind.DidWeb : CredentialKind.DidKey, Did, now + TimeSpan.FromDays(90), predecessor,
        signedBy?.Sign(DidCredentials.Rotation, agent, this, organization), IsWeb ? Keys : null, (possessedBy ?? this).Sign(DidCredentials.Possession, agent, this, organization));

    public string Sign(string verb, AgentId agent, DidAgent registered, string organization = "default") => Convert.ToBase64String(
        Key.Sign(JoseAlgorithm.Ed25519, DidCredentials.Statement(verb, OrganizationId.Parse(organization), agent, registered.Did, registered.Keys)));

    /// <summary>A signed request; what a test changes afterwards is no longer what was signed.</summary>
    public SignedMessage Request(DateTimeOffset now, string content = "{}", Func<SignatureTerms, SignatureTerms>? change = null, JsonWebSigningKey? key = null, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] fields = [("content-digest", ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(content))), .. more];
        var message = new SignedMessage { Method = "POST", Scheme = "http", Authority = "127.0.0.1:7070", Target = "/mcp", Field = name => [.. fields.Where(field => field.Name == name).Select(field => (string?)field.Value)] };
        var terms = new SignatureTerms
        {
            Components = ["@method", "@target-uri", "content-digest"], Created = now, Expires = now + TimeSpan.FromSeconds(60), KeyId = KeyId, Tag = SignatureCallers.Tag, Nonce = RandomNumberGenerator.GetHexString(32),
        };
        var (input, value) = MessageSigner.Sign(message, change?.Invoke(terms) ?? terms, key ?? Key);
        return message with { Field = name => name switch { "signature-input" => [input], "signature" => [value], _ => message.Field(name) } };
    }

    public DidDocument Document(params string[] keys)
    {
        Assert.True(Identity.Dids.Did.TryParse(Did, out var did, out _));
        var methods = string.Join(',', (keys.Length > 0 ? keys : [.. Keys]).Select(line => $$"""{"id":"{{line.Split(' ')[0]}}","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{line.Split(' ')[1]}}"}"""));
        Assert.True(DidDocument.TryRead(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{Did}}","authentication":[{{methods}}]}"""), did, out var document, out var obstacle), obstacle);
        return document;
    }

    public void Dispose() => Key.Dispose();
}
