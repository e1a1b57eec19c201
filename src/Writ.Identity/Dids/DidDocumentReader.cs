using System.Collections.Immutable;
using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Identity.Dids;

/// <summary>Reads what a DID document says of authentication. Throws what <see cref="DidDocument.TryRead"/> turns into an obstacle.</summary>
internal static class DidDocumentReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static ImmutableArray<DidVerificationMethod> Read(ReadOnlyMemory<byte> json, Did did)
    {
        using var parsed = JsonDocument.Parse(json, Strict);
        var root = parsed.RootElement;
        if (!root.TryGetProperty("id", out var id) || id.GetString() != did.ToString())
            throw new InvalidDataException("the document's id is not the DID that was asked for");

        var named = new HashSet<string>(StringComparer.Ordinal);
        var methods = new Dictionary<string, JsonWebKey>(StringComparer.Ordinal);
        foreach (var method in Members(root, "verificationMethod"))
        {
            if (TryRead(method, did, named, out var read))
                methods.Add(read.Id, read.Key);
        }

        var authentication = ImmutableArray.CreateBuilder<DidVerificationMethod>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Members(root, "authentication"))
        {
            var found = entry.ValueKind == JsonValueKind.String
                ? methods.TryGetValue(Absolute(entry.GetString()!, did), out var key) ? new DidVerificationMethod(Absolute(entry.GetString()!, did), key) : null
                : TryRead(entry, did, named, out var embedded) ? embedded : null;
            if (found is not null && keys.Add(found.Id))
                authentication.Add(found);
        }

        return authentication.Count > 0 ? authentication.ToImmutable() : throw new InvalidDataException("the document has no key of its own for authentication that is known here");
    }

    private static JsonElement[] Members(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var list))
            return [];
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= DidDocument.MaxMethods
            ? [.. list.EnumerateArray()]
            : throw new InvalidDataException($"{name} is a list of at most {DidDocument.MaxMethods}");
    }

    private static bool TryRead(JsonElement method, Did did, HashSet<string> named, out DidVerificationMethod read)
    {
        read = null!;
        if (method.GetProperty("id").GetString() is not { } id || !DidUrl.TryParse(Absolute(id, did), out var url))
            throw new InvalidDataException("the id of a verification method is a DID URL with a fragment");
        if (!named.Add(url.ToString()))
            throw new InvalidDataException("two verification methods have one id");
        // The key of another is for that other to show.
        if (!url.Did.Equals(did) || method.GetProperty("controller").GetString() != did.ToString())
            return false;
        var key = method.GetProperty("type").GetString() switch
        {
            "Multikey" => OfMultikey(method),
            "JsonWebKey" or "JsonWebKey2020" => OfJsonWebKey(method.GetProperty("publicKeyJwk")),
            _ => null,
        };
        if (key is null)
            return false;
        read = new DidVerificationMethod(url.ToString(), key);
        return true;
    }

    private static JsonWebKey? OfMultikey(JsonElement method)
    {
        if (method.TryGetProperty("secretKeyMultibase", out _))
            throw new InvalidDataException("the document shows a private key");
        return Multikey.TryParse(method.GetProperty("publicKeyMultibase").GetString(), out var key) ? key.Key : throw new InvalidDataException("publicKeyMultibase is no sound key of a known kind");
    }

    private static JsonWebKey? OfJsonWebKey(JsonElement value)
    {
        if (!JsonWebKey.TryParse(value, out var key, out var fault))
        {
            return fault switch
            {
                JsonWebKeyFault.UnknownKeyType or JsonWebKeyFault.UnknownCurve or JsonWebKeyFault.WrongAlgorithm => null,
                JsonWebKeyFault.IsPrivate => throw new InvalidDataException("the document shows a private key"),
                _ => throw new InvalidDataException($"publicKeyJwk is no sound key: {fault}"),
            };
        }

        return key.Curve is "Ed25519" or "P-256" or "P-384" ? key : null;
    }

    private static string Absolute(string reference, Did did) => reference.StartsWith('#') ? did + reference : reference;
}
