using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Writ.Crypto.Json;
using Writ.Crypto.Signing;
using Writ.Identity.Dids;

namespace Writ.Identity.DataIntegrity;

/// <summary>
/// JSON documents with W3C Data Integrity proofs of the cryptosuite <c>eddsa-jcs-2022</c> (vc-di-eddsa section 3.3): one proof or a set, each
/// over the whole document without any proof. Every proof has to hold. Stateless and thread safe.
/// </summary>
public static class SecuredDocument
{
    /// <summary>The longest document, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The most proofs of a document.</summary>
    public const int MaxProofs = 16;

    internal const string Suite = "eddsa-jcs-2022";
    internal const string Type = "DataIntegrityProof";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The document with one more proof.</summary>
    /// <param name="json">The document, UTF-8, with proofs or without.</param>
    /// <param name="terms">What the proof says.</param>
    /// <param name="key">The key that <see cref="ProofTerms.VerificationMethod"/> names.</param>
    /// <exception cref="ArgumentException">The document has no canonical form, or too many proofs.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> json, ProofTerms terms, Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(key);
        if (!TryParse(json, out var parsed) || ProofForm.Unsecured(parsed!.RootElement) is not { } unsecured)
            throw new ArgumentException("no JSON object with a canonical form", nameof(json));
        using (parsed)
        {
            if (ProofForm.ProofsOf(parsed.RootElement) is not { } proofs || proofs.Length >= MaxProofs)
                throw new ArgumentException($"a document has at most {MaxProofs} proofs, each an object", nameof(json));
            var options = ProofForm.Write(terms, parsed.RootElement, null);
            var signature = key.Sign(ProofForm.HashData(ProofForm.Canonical(options)!, unsecured));
            return ProofForm.WithProof(parsed.RootElement, proofs, ProofForm.Write(terms, parsed.RootElement, "z" + Base58.Encode(signature)));
        }
    }

    /// <summary>Checks all proofs of a document; <see cref="ProofFault.None"/> when every one holds and none is missing.</summary>
    /// <param name="json">The document, UTF-8.</param>
    /// <param name="rules">Which proofs it has to bear.</param>
    /// <param name="keyOf">The key of a verification method that is trusted for the purpose; null where none is.</param>
    /// <param name="now">The time.</param>
    /// <param name="signers">The verification methods of the proofs, in the document's order; empty where they are refused.</param>
    public static ProofFault Verify(ReadOnlyMemory<byte> json, ProofRules rules, Func<string, Ed25519PublicKey?> keyOf, DateTimeOffset now, out ImmutableArray<string> signers)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(keyOf);
        signers = [];
        if (json.Length > MaxBytes)
            return ProofFault.TooLong;
        if (!TryParse(json, out var parsed))
            return ProofFault.Malformed;
        using (parsed)
        {
            if (ProofForm.ProofsOf(parsed!.RootElement) is not { } proofs || ProofForm.Unsecured(parsed.RootElement) is not { } unsecured)
                return ProofFault.Malformed;
            if (proofs.Length is 0 or > MaxProofs)
                return proofs.Length == 0 ? ProofFault.NoProof : ProofFault.TooManyProofs;
            var found = ImmutableArray.CreateBuilder<string>(proofs.Length);
            foreach (var proof in proofs)
            {
                var fault = Check(proof, parsed.RootElement, unsecured, rules, keyOf, now, out var method);
                if (fault != ProofFault.None)
                    return fault;
                if (found.Contains(method))
                    return ProofFault.TooManyProofs;
                found.Add(method);
            }

            if (rules.Signers.Any(signer => !found.Contains(signer)))
                return ProofFault.MissingProof;
            signers = found.ToImmutable();
            return ProofFault.None;
        }
    }

    private static ProofFault Check(
        JsonElement proof, JsonElement document, byte[] unsecured, ProofRules rules, Func<string, Ed25519PublicKey?> keyOf, DateTimeOffset now, out string method)
    {
        method = "";
        if (Text(proof, "type") != Type || Text(proof, "cryptosuite") != Suite || proof.TryGetProperty("previousProof", out _))
            return ProofFault.UnknownKind;
        if (Text(proof, "verificationMethod") is not { } named || Text(proof, "proofValue") is not ['z', ..] value
            || !TryReadTime(proof, "created", out var created) || !TryReadTime(proof, "expires", out var expires))
            return ProofFault.Malformed;
        if (Text(proof, "proofPurpose") != rules.Purpose || !Is(proof, "domain", rules.Domain) || !Is(proof, "challenge", rules.Challenge))
            return ProofFault.WrongPurpose;
        if (!HasContextOf(proof, document))
            return ProofFault.WrongContext;
        if (created > now + rules.Skew || expires <= now - rules.Skew)
            return ProofFault.NotInForce;
        if (keyOf(named) is not { } key)
            return ProofFault.UnknownKey;
        method = named;
        return ProofForm.Options(proof) is { } options && Base58.TryDecode(value.AsSpan(1), out var signature) && key.Verify(ProofForm.HashData(options, unsecured), signature)
            ? ProofFault.None
            : ProofFault.WrongSignature;
    }

    // Section 3.3.2 lets a document gain contexts after it was signed; that changes what its words mean, so here it has the very same.
    private static bool HasContextOf(JsonElement proof, JsonElement document) =>
        !proof.TryGetProperty("@context", out var signed) || (document.TryGetProperty("@context", out var shown) && JsonElement.DeepEquals(signed, shown));

    private static bool Is(JsonElement proof, string name, string? expected) => expected is null ? !proof.TryGetProperty(name, out _) : Text(proof, name) == expected;

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    // XML Schema's dateTimeStamp: a time zone is part of it.
    private static bool TryReadTime(JsonElement proof, string name, out DateTimeOffset? at)
    {
        at = null;
        if (!proof.TryGetProperty(name, out _))
            return true;
        var isOne = DateTimeOffset.TryParseExact(
            Text(proof, name), ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            && Text(proof, name) is [.., 'Z'] or [.., _, _, ':', _, _];
        at = read;
        return isOne;
    }

    // A text with half of a surrogate pair parses and then throws wherever it is read: JCS refuses it before anything reads it.
    private static bool TryParse(ReadOnlyMemory<byte> json, out JsonDocument? parsed)
    {
        parsed = null;
        if (json.Length > MaxBytes || !Jcs.TryCanonicalize(json.Span, new ArrayBufferWriter<byte>(), out _))
            return false;
        try
        {
            parsed = JsonDocument.Parse(json, Strict);
        }
        catch (JsonException)
        {
            return false;
        }

        if (parsed.RootElement.ValueKind == JsonValueKind.Object)
            return true;
        parsed.Dispose();
        return false;
    }
}
