using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Writ.Crypto.Keys;
using Writ.Gateways.Credentials;
using Writ.Governance.Credentials;
using Writ.Identity.Spiffe;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Tls;

/// <summary>
/// TLS on Writ's port. A client may show an X.509-SVID; one that shows a certificate which is none, or that nobody vouches for, gets no
/// connection. What was proved is kept with the connection; whether it still counts is asked for every request.
/// </summary>
internal sealed class ServerTls : IDisposable
{
    private readonly X509Certificate2 _leaf;
    private readonly X509Certificate2Collection _between;
    private readonly SslStreamCertificateContext _context;
    private readonly SvidCallers _callers;

    private ServerTls(X509Certificate2 leaf, X509Certificate2Collection between, SvidCallers callers)
    {
        (_leaf, _between, _callers) = (leaf, between, callers);
        _context = SslStreamCertificateContext.Create(leaf, between, offline: true);
    }

    /// <summary>Reads the server's own certificate; null without a fault where there is to be no TLS.</summary>
    public static (ServerTls? Tls, InstallationFault? Fault) Open(TlsSettings settings, SvidCallers callers)
    {
        if (settings is { CertificateFile: null, KeyFile: null })
            return (null, null);
        if (settings.CertificateFile is not { } file || settings.KeyFile is not { } keyFile)
            return (null, new InstallationFault("WRIT3050", "tls.certificate_file and tls.key_file stand together: give both or neither"));
        if (!KeyFile.TryRead(keyFile, out var key, out var fault))
            return (null, new InstallationFault("WRIT3050", fault.Message));
        try
        {
            var pem = File.ReadAllText(file);
            var between = new X509Certificate2Collection();
            between.ImportFromPem(pem);
            var leaf = X509Certificate2.CreateFromPem(pem, Encoding.ASCII.GetString(key));
            between.RemoveAt(0);
            return (new ServerTls(leaf, between, callers), null);
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return (null, new InstallationFault("WRIT3050", $"{file} and {keyFile} are no certificate and its key in PEM: {unfit.Message}"));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Whether the certificate names a host, so that a client may call it so.</summary>
    public bool Names(string host) => _leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false);

    /// <summary>What Kestrel asks for every connection.</summary>
    public TlsHandshakeCallbackOptions Options() => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = context =>
        {
            var client = new ClientSvid();
            context.Connection.Features.Set(client);
            return ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateRequired = true, // asked for; what is not shown is not missed
                CertificateChainPolicy = new X509ChainPolicy
                {
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true, // a stranger's certificate names no address that is called
                },
                AllowTlsResume = false, // a resumed session would show a certificate without what leads to its root
                AllowRenegotiation = false,
                RemoteCertificateValidationCallback = (_, certificate, chain, _) => Accept(certificate, chain, client),
            });
        },
    };

    public void Dispose()
    {
        _leaf.Dispose();
        foreach (var certificate in _between)
            certificate.Dispose();
    }

    private bool Accept(X509Certificate? certificate, X509Chain? chain, ClientSvid client)
    {
        if (certificate is null)
            return true;
        if (certificate is not X509Certificate2 leaf || _callers.Verify(leaf, chain?.ChainPolicy.ExtraStore ?? [], out var svid) != X509SvidFault.None)
            return false;
        client.Svid = svid;
        return true;
    }
}
