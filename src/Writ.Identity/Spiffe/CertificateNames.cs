using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>
/// The URIs of a subject alternative name (RFC 5280 section 4.2.1.6), read and written as the bytes they are. The types of the framework
/// go by way of <c>System.Uri</c>, which gives an id a slash that it does not have.
/// </summary>
internal static class CertificateNames
{
    public const string SubjectAlternativeName = "2.5.29.17";

    private static readonly Asn1Tag ResourceIdentifier = new(TagClass.ContextSpecific, 6);

    /// <summary>The URIs in their order; null when the extension is there twice or cannot be read. Names of other kinds are passed over.</summary>
    public static IReadOnlyList<string>? UrisOf(X509Certificate2 certificate)
    {
        var extensions = certificate.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName).ToArray();
        if (extensions.Length == 0)
            return [];
        if (extensions.Length > 1)
            return null;
        try
        {
            var outer = new AsnReader(extensions[0].RawData, AsnEncodingRules.DER);
            var names = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var uris = new List<string>();
            while (names.HasData)
            {
                if (names.PeekTag().HasSameClassAndValue(ResourceIdentifier))
                    uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, ResourceIdentifier));
                else
                    names.ReadEncodedValue();
            }

            return uris;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The extension that names one URI and nothing else.</summary>
    public static X509Extension OneUri(string uri, bool critical)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, ResourceIdentifier);
        return new X509Extension(SubjectAlternativeName, writer.Encode(), critical);
    }
}
