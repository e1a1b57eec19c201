using System.Text;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Dids;

namespace Writ.Identity.Tests.Dids;

public sealed class DidDocumentTests : IDisposable
{
    private const string Id = "did:web:agents.example:helper";

    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    private string Multi => Multikey.Of(_key.PublicKey).ToString();

    private string Method => $$"""{"id":"{{Id}}#one","type":"Multikey","controller":"{{Id}}","publicKeyMultibase":"{{Multi}}"}""";

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_keys_for_authentication_are_read_by_reference_and_in_place()
    {
        var jwk = Encoding.UTF8.GetString(JsonWebKey.FromEd25519(_key.PublicKey).ToJson());
        var document = Read($$$"""
            {"@context":["https://www.w3.org/ns/did/v1"],"id":"{{{Id}}}",
             "verificationMethod":[{{{Method}}},{"id":"#two","type":"JsonWebKey","controller":"{{{Id}}}","publicKeyJwk":{{{jwk}}}},{"id":"#three","type":"Ed25519VerificationKey2018","controller":"{{{Id}}}"}],
             "assertionMethod":["#two"],
             "authentication":["#one","{{{Id}}}#three",{"id":"#four","type":"Multikey","controller":"{{{Id}}}","publicKeyMultibase":"{{{Multi}}}"}]}
            """);
        Assert.Equal([Id + "#one", Id + "#four"], document.Authentication.Select(method => method.Id));
        Assert.All(document.Authentication, method => Assert.Equal(_key.PublicKey, method.Key.Ed25519));
    }

    [Theory]
    [InlineData("""{"id":"did:web:agents.example:Helper","verificationMethod":[METHOD],"authentication":["#one"]}""")] // another case, another DID
    [InlineData("""{"id":"did:web:evil.example","verificationMethod":[METHOD],"authentication":["#one"]}""")]
    [InlineData("""{"verificationMethod":[METHOD],"authentication":["#one"]}""")]
    [InlineData("""{"id":7,"verificationMethod":[METHOD],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[METHOD]}""")] // a key for no purpose
    [InlineData("""{"id":"ID","verificationMethod":[METHOD],"assertionMethod":["#one"],"authentication":[]}""")] // a key for another purpose
    [InlineData("""{"id":"ID","verificationMethod":[METHOD],"authentication":["did:web:evil.example#one"]}""")]
    [InlineData("""{"id":"ID","id":"ID","verificationMethod":[METHOD],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[METHOD,METHOD],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"Multikey","controller":"did:web:evil.example","publicKeyMultibase":"MULTI"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"did:web:evil.example#one","type":"Multikey","controller":"ID","publicKeyMultibase":"MULTI"}],"authentication":["did:web:evil.example#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"Multikey","controller":"ID","publicKeyMultibase":"zMULTI"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"Multikey","controller":"ID","publicKeyMultibase":"MULTI","secretKeyMultibase":"z"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"JsonWebKey","controller":"ID","publicKeyJwk":{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"}}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"JsonWebKey","controller":"ID","publicKeyJwk":{"kty":"oct","k":"uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtb"}}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":{"id":"#one"},"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"type":"Multikey","controller":"ID","publicKeyMultibase":"MULTI"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","controller":"ID","publicKeyMultibase":"MULTI"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"Multikey","publicKeyMultibase":"MULTI"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"Multikey","controller":"ID"}],"authentication":["#one"]}""")]
    [InlineData("""{"id":"ID","verificationMethod":[{"id":"#one","type":"JsonWebKey","controller":"ID"}],"authentication":["#one"]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"id":"\ud800"}""")]
    [InlineData("""not json""")]
    public void A_document_that_leaves_anything_open_is_refused(string json)
    {
        Assert.True(Did.TryParse(Id, out var did, out _));
        json = json.Replace("METHOD", Method, StringComparison.Ordinal).Replace("MULTI", Multi, StringComparison.Ordinal).Replace("ID", Id, StringComparison.Ordinal);
        Assert.False(DidDocument.TryRead(Encoding.UTF8.GetBytes(json), did, out _, out var obstacle));
        Assert.NotEmpty(obstacle);
    }

    [Fact]
    public void Addresses_in_a_key_are_not_looked_at()
    {
        var jwk = Encoding.UTF8.GetString(JsonWebKey.FromEd25519(_key.PublicKey).ToJson())[..^1];
        var document = Read($$$"""{"id":"{{{Id}}}","authentication":[{"id":"#k","type":"JsonWebKey","controller":"{{{Id}}}","publicKeyJwk":{{{jwk}}},"jku":"https://evil.example/jwks","x5u":"http://169.254.169.254/"}}]}""");
        Assert.Equal(_key.PublicKey, document.Authentication.Single().Key.Ed25519);
    }

    [Fact]
    public void Size_and_number_are_bounded()
    {
        Assert.True(Did.TryParse(Id, out var did, out _));
        var methods = string.Join(',', Enumerable.Range(0, DidDocument.MaxMethods + 1).Select(n => Method.Replace("#one", $"#k{n}", StringComparison.Ordinal)));
        Assert.False(DidDocument.TryRead(Encoding.UTF8.GetBytes($$"""{"id":"{{Id}}","verificationMethod":[{{methods}}],"authentication":["#k0"]}"""), did, out _, out var obstacle));
        Assert.Contains("at most 32", obstacle, StringComparison.Ordinal);
        Assert.False(DidDocument.TryRead(new byte[DidDocument.MaxBytes + 1], did, out _, out obstacle));
        Assert.Contains("bytes", obstacle, StringComparison.Ordinal);
    }

    private static DidDocument Read(string json)
    {
        Assert.True(Did.TryParse(Id, out var did, out _));
        Assert.True(DidDocument.TryRead(Encoding.UTF8.GetBytes(json), did, out var document, out var obstacle), obstacle);
        return document;
    }
}
