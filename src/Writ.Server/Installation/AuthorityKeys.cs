using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Keys;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Governance.TrustDomains;
using Writ.Identity.Spiffe;

namespace Writ.Server.Installation;

/// <summary>
/// The private keys of the organizations' own authorities: each authority has a file in the configuration folder, mode 0600, with the key of
/// its root and the key for tokens. The registry says which of them stand. Thread safe.
/// </summary>
internal sealed class AuthorityKeys(string folder, TrustDomainNames names, TimeProvider time) : IDisposable
{
    /// <summary>What the names of the files begin with.</summary>
    public const string FilePrefix = "authority.";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenAuthority> _open = new(StringComparer.Ordinal);

    /// <summary>Makes an authority and its file; nothing uses it before it is recorded.</summary>
    public (OpenAuthority? Authority, InstallationFault? Fault) Make(OrganizationId organization)
    {
        var domain = names.Of(organization);
        var svids = SvidAuthority.Create(domain, time);
        using var tokenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = svids.ExportKey();
        var token = tokenKey.ExportPkcs8PrivateKey();
        var text = PemEncoding.WriteString("PRIVATE KEY", root) + "\n" + PemEncoding.WriteString("PRIVATE KEY", token) + "\n";
        var bytes = Encoding.ASCII.GetBytes(text);
        try
        {
            if (!KeyFile.TryCreate(PathOf(svids.Thumbprint), bytes, out var fault))
            {
                svids.Dispose();
                return (null, new InstallationFault("WRIT3051", fault.Message));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(root);
            CryptographicOperations.ZeroMemory(token);
            CryptographicOperations.ZeroMemory(bytes);
        }

        var made = new OpenAuthority(svids, new JwtSvidSigner(domain, tokenKey, time));
        lock (_lock)
            _open[svids.Thumbprint] = made;
        return (made, null);
    }

    /// <summary>Forgets an authority that came to nothing, and its file.</summary>
    public void Discard(OpenAuthority authority)
    {
        lock (_lock)
            _open.Remove(authority.Svids.Thumbprint);
        File.Delete(PathOf(authority.Svids.Thumbprint));
        authority.Dispose();
    }

    /// <summary>The authority that signs for an organization now; a fault where its file is missing or wrong, and neither where there is none.</summary>
    public (OpenAuthority? Authority, InstallationFault? Fault) Signing(OrganizationState organization)
    {
        if (organization.TrustDomains.Signing is not { } signing)
            return (null, null);
        lock (_lock)
        {
            if (_open.TryGetValue(signing.Thumbprint, out var open))
                return (open, null);
            var (read, fault) = Read(names.Of(organization.Id), signing);
            if (read is not null)
                _open[signing.Thumbprint] = read;
            return (read, fault);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var authority in _open.Values)
                authority.Dispose();
            _open.Clear();
        }
    }

    private (OpenAuthority? Authority, InstallationFault? Fault) Read(string domain, OwnAuthority signing)
    {
        var path = PathOf(signing.Thumbprint);
        if (!KeyFile.TryRead(path, out var contents, out var fault))
            return (null, new InstallationFault("WRIT3051", fault.Message));
        var text = Encoding.ASCII.GetString(contents);
        CryptographicOperations.ZeroMemory(contents);
        if (!PemEncoding.TryFind(text, out var first) || !PemEncoding.TryFind(text.AsSpan()[first.Location.End..], out _))
            return (null, new InstallationFault("WRIT3051", $"{path}: expected two private keys in PEM"));
        try
        {
            var root = Convert.FromBase64String(text[first.Base64Data]);
            using var tokenKey = ECDsa.Create();
            tokenKey.ImportFromPem(text.AsSpan()[first.Location.End..]);
            var isRight = SvidAuthority.TryOpen(domain, signing.Root.Span, root, time, out var svids);
            CryptographicOperations.ZeroMemory(root);
            if (!isRight)
                return (null, new InstallationFault("WRIT3051", $"{path} is not the key of the authority {signing.Thumbprint}"));
            var signer = new JwtSvidSigner(domain, tokenKey, time);
            if (signer.KeyId == signing.TokenKey.KeyId)
                return (new OpenAuthority(svids!, signer), null);
            signer.Dispose();
            svids!.Dispose();
        }
        catch (Exception unfit) when (unfit is CryptographicException or FormatException or ArgumentException)
        {
            // Said below: nothing of a private key belongs into a message.
        }

        return (null, new InstallationFault("WRIT3051", $"{path} does not hold the keys of the authority {signing.Thumbprint}"));
    }

    private string PathOf(string thumbprint) => Path.Combine(folder, $"{FilePrefix}{thumbprint[..32]}.key");
}
