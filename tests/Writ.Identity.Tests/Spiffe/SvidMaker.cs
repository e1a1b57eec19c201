using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Tests.Spiffe;

/// <summary>Makes certificates by hand, right or wrong in one thing.</summary>
internal sealed record SvidMaker
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public string[] Uris { get; init; } = ["spiffe://acme.example/agent/one"];

    public bool Authority { get; init; }

    public X509KeyUsageFlags? Usage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    public bool UsageCritical { get; init; } = true;

    public string[] Extended { get; init; } = [];

    public TimeSpan From { get; init; } = TimeSpan.FromMinutes(-1);

    public TimeSpan Until { get; init; } = TimeSpan.FromMinutes(60);

    public ECCurve Curve { get; init; } = ECCurve.NamedCurves.nistP256;

    public string? UnknownCriticalExtension { get; init; }

    public static SvidMaker Root(string domain) => new() { Uris = ["spiffe://" + domain], Authority = true, Usage = X509KeyUsageFlags.KeyCertSign, Until = TimeSpan.FromDays(30), From = TimeSpan.FromDays(-30) };

    public X509Certificate2 Make(X509Certificate2? signer = null)
    {
        using var key = ECDsa.Create(Curve);
        var request = new CertificateRequest($"CN={RandomNumberGenerator.GetHexString(12)}", key, HashAlgorithmName.SHA256);
        if (Uris.Length > 0)
            request.CertificateExtensions.Add(Names(Uris));
        if (Authority)
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (Usage is { } usage)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, UsageCritical));
        if (Extended.Length > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. Extended.Select(use => new Oid(use))], false));
        if (UnknownCriticalExtension is { } unknown)
            request.CertificateExtensions.Add(new X509Extension(unknown, [5, 0], critical: true));
        if (signer is null)
            return request.CreateSelfSigned(Now + From, Now + Until);
        using var made = request.Create(signer.SubjectName, X509SignatureGenerator.CreateForECDsa(signer.GetECDsaPrivateKey()!), Now + From, Now + Until, RandomNumberGenerator.GetBytes(8));
        return made.CopyWithPrivateKey(key);
    }

    private static X509Extension Names(string[] uris)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var uri in uris)
                writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
        }

        return new X509Extension("2.5.29.17", writer.Encode(), false);
    }
}
