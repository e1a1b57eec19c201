using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Writ.Crypto.Signing;
using Writ.Gateways.Dids;
using Writ.Identity.Dids;

namespace Writ.Gateways.Tests.Dids;

/// <summary>A domain that shows DID documents over TLS, as a test tells it to.</summary>
internal sealed class DidDomain : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;

    private DidDomain(WebApplication application, X509Certificate2 certificate) => (_application, _certificate) = (application, certificate);

    /// <summary>The key that the right document shows.</summary>
    public Ed25519PrivateKey Key { get; } = Ed25519PrivateKey.Generate();

    /// <summary>How a request is answered; by default with the right document.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public int Port => new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public Did Did => Did.TryParse($"did:web:agents.example%3A{Port}:helper", out var did, out var fault) ? did : throw new InvalidOperationException(fault.ToString());

    public string Document => Showing(Key.PublicKey);

    /// <summary>A document that shows a key under the name of the right one.</summary>
    public string Showing(Ed25519PublicKey key) => $$"""{"id":"{{Did}}","authentication":[{"id":"#k","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{Multikey.Of(key)}}"}]}""";

    public static async Task<DidDomain> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=agents.example", key, HashAlgorithmName.SHA256);
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        made.Dispose();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var application = builder.Build();
        var domain = new DidDomain(application, certificate);
        application.Run(domain.AnswerAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return domain;
    }

    /// <summary>Documents that are fetched from here, or from another address that the name leads to.</summary>
    public WebDidDocuments Documents(TimeProvider time, string address = "127.0.0.1") => new(
        time, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]), (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.Thumbprint);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
        Key.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        Asked++;
        if (Answer is { } answer)
        {
            await answer(http);
            return;
        }

        http.Response.ContentType = "application/did+json";
        await http.Response.WriteAsync(http.Request.Path == "/helper/did.json" ? Document : "{}");
    }
}
