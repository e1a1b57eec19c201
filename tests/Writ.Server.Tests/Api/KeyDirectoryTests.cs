using System.Text;
using Writ.Crypto.Jose;
using Writ.Identity.HttpSignatures;

namespace Writ.Server.Tests.Api;

public sealed class KeyDirectoryTests
{
    private const string Path = "/.well-known/http-message-signatures-directory";

    [Fact]
    public async Task The_directory_shows_the_key_by_its_thumbprint_and_signs_for_the_host_that_it_was_asked_of()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, _, response) = await server.SendAsync("GET", Path);
        Assert.Equal(200, status);
        Assert.Equal("application/http-message-signatures-directory+json", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(JsonWebKeySet.TryParse(body, out var keys, out var fault), fault.ToString());
        var key = keys.Keys.Single();
        Assert.Equal(key.Thumbprint.ToBase64Url(), key.KeyId);
        Assert.Equal("Ed25519", key.Curve);

        string?[] Lines(string name) => response.Headers.TryGetValues(name, out var values) ? [.. values] : [];
        Assert.True(MessageSignature.TryRead(Lines("Signature-Input"), Lines("Signature"), out var signatures));
        SignedMessage Answer(string authority) => new() { Status = 200, Request = new SignedMessage { Method = "GET", Scheme = "http", Authority = authority, Field = _ => [] }, Field = name => Lines(name) };
        var signature = signatures.Single();
        Assert.Equal(("http-message-signatures-directory", key.KeyId), (signature.Tag, signature.KeyId));
        Assert.Contains("\"@authority\";req", signature.Components.Select(component => component.ToString()));
        Assert.Equal(SignatureFault.None, signature.Verify(Answer(server.Server.Address.Authority), key));
        Assert.Equal(SignatureFault.WrongSignature, signature.Verify(Answer("evil.example"), key));
        Assert.True(ContentDigest.TryRead(Lines("Content-Digest"), out var digest) && digest.IsOf(body));
        Assert.DoesNotContain("\"d\"", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }
}
