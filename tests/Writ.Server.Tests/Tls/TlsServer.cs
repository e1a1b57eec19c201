using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Server.Configuration;

namespace Writ.Server.Tests.Tls;

/// <summary>A server that speaks TLS with a certificate of its own, and clients that show certificates or none.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _thumbprint;

    private TlsServer(string folder, string thumbprint, RunningServer writ) => (_folder, _thumbprint, Writ) = (folder, thumbprint, writ);

    public RunningServer Writ { get; }

    public static async Task<TlsServer> StartAsync(TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("writ-tls-").FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=writ", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("writ.example");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(Path.Combine(folder, "server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var writ = await RunningServer.StartWithAsync(folder, options => options with { Tls = SettingsIn(folder) }, time);
        return new TlsServer(folder, certificate.Thumbprint, writ);
    }

    public static TlsSettings SettingsIn(string folder) => new() { CertificateFile = Path.Combine(folder, "server.pem"), KeyFile = Path.Combine(folder, "server.key") };

    /// <summary>A client that trusts this one server, and shows a chain where one is given.</summary>
    public HttpClient Client(string? chain = null, ECDsa? key = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _thumbprint;
        if (chain is not null)
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(chain);
            var leaf = certificates[0].CopyWithPrivateKey(key!);
            certificates.RemoveAt(0);
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(leaf, certificates, offline: true);
        }

        return new HttpClient(handler) { BaseAddress = Writ.Server.Address };
    }

    /// <summary>Sends a request; the status and the body as JSON where it is an object.</summary>
    public static async Task<(int Status, JsonObject? Body)> SendAsync(HttpClient client, string method, string path, string? body = null, string? token = null, string? host = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (host is not null)
            request.Headers.Host = host;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null);
    }

    public async ValueTask DisposeAsync()
    {
        await Writ.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
