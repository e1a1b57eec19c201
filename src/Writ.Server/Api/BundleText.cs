using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Governance.TrustDomains;

namespace Writ.Server.Api;

/// <summary>Writes an organization's own trust domain as a SPIFFE bundle (SPIFFE Trust Domain and Bundle section 4).</summary>
internal static class BundleText
{
    /// <summary>How often it is worth asking again, in seconds.</summary>
    private const int RefreshHint = 300;

    public static byte[] Of(TrustedDomains domains)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var authority in domains.Authorities.Where(authority => !authority.Retired))
            {
                WriteRoot(writer, authority);
                WriteKey(writer, authority.TokenKey, "jwt-svid", authority.TokenKey.KeyId);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            // It grows with every change: one for each authority that came, one for each that went.
            writer.WriteNumber("spiffe_sequence", domains.Authorities.Length + domains.Authorities.Count(authority => authority.Retired));
            writer.WriteNumber("spiffe_refresh_hint", RefreshHint);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteRoot(Utf8JsonWriter writer, OwnAuthority authority)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Root.Span);
        using var key = certificate.GetECDsaPublicKey()!;
        WriteKey(writer, JsonWebKey.FromEcdsa(key), "x509-svid", null);
        writer.WriteStartArray("x5c");
        writer.WriteStringValue(Convert.ToBase64String(authority.Root.Span));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter writer, JsonWebKey key, string use, string? id)
    {
        writer.WriteStartObject();
        writer.WriteString("use", use);
        if (id is not null)
            writer.WriteString("kid", id);
        using var members = JsonDocument.Parse(key.ToJson());
        foreach (var member in members.RootElement.EnumerateObject().Where(member => member.Name is "kty" or "crv" or "x" or "y"))
            member.WriteTo(writer);
    }
}
