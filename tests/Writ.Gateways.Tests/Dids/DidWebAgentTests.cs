using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Gateways.Dids;
using Writ.Gateways.Tests.Mcp.Governed;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Identity.HttpSignatures;

namespace Writ.Gateways.Tests.Dids;

/// <summary>An agent with a did:web, from its document over TLS to the door that it enters.</summary>
public sealed class DidWebAgentTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_with_a_did_web_enters_while_its_document_shows_the_registered_key_and_can_be_had()
    {
        await using var domain = await DidDomain.StartAsync();
        await using var writ = new GovernedWrit();
        await writ.CreateAsync();
        await writ.TakeAsync(new PersonAdded(PersonId.Parse("ada"), "Ada", [PersonCapability.Platform]));
        var (agent, _) = await writ.AgentAsync();
        using var documents = domain.Documents(writ.Time);
        var (document, obstacle) = await documents.FetchAsync(domain.Did, ["127.0.0.1"], Stop);
        Assert.Equal("", obstacle);
        var keys = DidCredentials.KeysOf(document!);
        var now = writ.Time.GetUtcNow();
        var possession = domain.Key.Sign(DidCredentials.Statement(DidCredentials.Possession, OrganizationId.Parse("default"), agent, domain.Did.ToString(), keys));
        var registered = new AgentCredentialRegistered(
            agent, Guid.CreateVersion7(now).ToString("N"), CredentialKind.DidWeb, domain.Did.ToString(), now + TimeSpan.FromDays(1), Keys: keys, Possession: Convert.ToBase64String(possession), AllowedAddresses: ["127.0.0.1"]);
        Assert.IsType<ControlOutcome.Done>(await writ.TakeAsAsync("ada", registered));

        var callers = new SignatureCallers(writ.Registry, documents, writ.Time);
        writ.Time.Advance(TimeSpan.FromSeconds(11));
        var proved = await VerifyAsync(callers, writ, domain, domain.Key);
        Assert.Equal(registered.Id, writ.Calls.Authenticate(new PresentedCredential(null, Signature: proved))!.Credential);

        // The domain is taken over, and shows another key under the same name.
        using var taken = Ed25519PrivateKey.Generate();
        domain.Answer = http =>
        {
            http.Response.ContentType = "application/did+json";
            return http.Response.WriteAsync(domain.Showing(taken.PublicKey));
        };
        Assert.Equal(SignatureFault.WrongSignature, Refused(await VerifyAsync(callers, writ, domain, taken)));
        writ.Time.Advance(WebDidDocuments.Fresh);
        Assert.Equal(SignatureFault.UnknownKey, Refused(await VerifyAsync(callers, writ, domain, domain.Key)));
        Assert.Equal(SignatureFault.WrongSignature, Refused(await VerifyAsync(callers, writ, domain, taken)));

        // It is right again, and then falls silent.
        domain.Answer = null;
        writ.Time.Advance(WebDidDocuments.Fresh);
        Assert.IsType<SignatureVerdict.Proved>(await VerifyAsync(callers, writ, domain, domain.Key));
        domain.Answer = http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        writ.Time.Advance(WebDidDocuments.Fresh);
        Assert.IsType<SignatureVerdict.Proved>(await VerifyAsync(callers, writ, domain, domain.Key));
        writ.Time.Advance(WebDidDocuments.Stale);
        var refused = await VerifyAsync(callers, writ, domain, domain.Key);
        Assert.Equal(SignatureFault.NoDocument, Refused(refused));
        Assert.Null(writ.Calls.Authenticate(new PresentedCredential(null, Signature: refused)));
    }

    private static async Task<SignatureVerdict?> VerifyAsync(SignatureCallers callers, GovernedWrit writ, DidDomain domain, Ed25519PrivateKey key)
    {
        var now = writ.Time.GetUtcNow();
        var message = new SignedMessage { Method = "GET", Scheme = "https", Authority = "writ.example", Target = "/mcp", Field = _ => [] };
        var terms = new SignatureTerms
        {
            Components = ["@method", "@target-uri"], Created = now, Expires = now + TimeSpan.FromSeconds(30), KeyId = $"{domain.Did}#k", Tag = SignatureCallers.Tag, Nonce = RandomNumberGenerator.GetHexString(32),
        };
        // The pair of a test stays its own: signing keys end with what holds them.
        var (input, value) = MessageSigner.Sign(message, terms, JsonWebSigningKey.FromEd25519(key));
        return await callers.VerifyAsync(message with { Field = name => name switch { "signature-input" => [input], "signature" => [value], _ => [] } }, false, Stop);
    }

    private static SignatureFault? Refused(SignatureVerdict? verdict) => (verdict as SignatureVerdict.Refused)?.Fault;
}
