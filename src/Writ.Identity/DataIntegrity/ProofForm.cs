using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Json;

namespace Writ.Identity.DataIntegrity;

/// <summary>The byte strings that a proof is made of (vc-di-eddsa sections 3.3.3 to 3.3.5).</summary>
internal static class ProofForm
{
    private const string Proof = "proof";
    private const string Value = "proofValue";

    /// <summary>The proofs of a document, none where it has none; null where one is no object.</summary>
    public static JsonElement[]? ProofsOf(JsonElement document)
    {
        if (!document.TryGetProperty(Proof, out var member))
            return [];
        JsonElement[] proofs = member.ValueKind == JsonValueKind.Array ? [.. member.EnumerateArray()] : [member];
        return Array.TrueForAll(proofs, proof => proof.ValueKind == JsonValueKind.Object) ? proofs : null;
    }

    /// <summary>The canonical form of a document without its proofs; null where it has none.</summary>
    public static byte[]? Unsecured(JsonElement document) => Canonical(Without(document, Proof));

    /// <summary>The canonical form of a proof without its signature; null where it has none.</summary>
    public static byte[]? Options(JsonElement proof) => Canonical(Without(proof, Value));

    /// <summary>What is signed: the hash of the proof's canonical form and then that of the document's.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> options, ReadOnlySpan<byte> document) => [.. SHA256.HashData(options), .. SHA256.HashData(document)];

    public static byte[]? Canonical(byte[] json) => Jcs.TryCanonicalize(json, out var canonical, out _) ? canonical : null;

    /// <summary>A proof as JSON, with its signature or without.</summary>
    public static byte[] Write(ProofTerms terms, JsonElement document, string? value) => Object(writer =>
    {
        writer.WriteString("type", SecuredDocument.Type);
        writer.WriteString("cryptosuite", SecuredDocument.Suite);
        writer.WriteString("created", Text(terms.Created));
        if (terms.Expires is { } expires)
            writer.WriteString("expires", Text(expires));
        writer.WriteString("verificationMethod", terms.VerificationMethod);
        writer.WriteString("proofPurpose", terms.Purpose);
        if (terms.Domain is { } domain)
            writer.WriteString("domain", domain);
        if (terms.Challenge is { } challenge)
            writer.WriteString("challenge", challenge);
        if (document.TryGetProperty("@context", out var context))
        {
            writer.WritePropertyName("@context");
            context.WriteTo(writer);
        }

        if (value is not null)
            writer.WriteString(Value, value);
    });

    /// <summary>The document with one more proof: a set where there was one already.</summary>
    public static byte[] WithProof(JsonElement document, JsonElement[] proofs, byte[] added) => Object(writer =>
    {
        foreach (var member in document.EnumerateObject().Where(member => !member.NameEquals(Proof)))
            member.WriteTo(writer);
        writer.WritePropertyName(Proof);
        if (proofs.Length > 0)
            writer.WriteStartArray();
        foreach (var proof in proofs)
            proof.WriteTo(writer);
        writer.WriteRawValue(added);
        if (proofs.Length > 0)
            writer.WriteEndArray();
    });

    private static byte[] Without(JsonElement value, string name) => Object(writer =>
    {
        foreach (var member in value.EnumerateObject().Where(member => !member.NameEquals(name)))
            member.WriteTo(writer);
    });

    private static byte[] Object(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
