using System.Text.Json;

namespace Writ.Crypto.Jose;

/// <summary>What a key says it is for: <c>alg</c>, <c>use</c>, <c>key_ops</c> and <c>kid</c> (RFC 7517 sections 4.2 to 4.5). What is absent restricts nothing.</summary>
internal sealed record KeyUse(JoseAlgorithm? Algorithm, string? Use, IReadOnlyList<string>? Operations, string? KeyId)
{
    private const int MaxOperations = 16;

    public bool MayVerify => Use is null or "sig" && (Operations is null || Operations.Contains("verify"));

    public bool MaySign => Use is null or "sig" && (Operations is null || Operations.Contains("sign"));

    public static JsonWebKeyFault TryParse(JsonElement key, out KeyUse use)
    {
        use = new KeyUse(null, null, null, null);
        if (!StrictJson.TryGetText(key, "alg", out var alg)
            || !StrictJson.TryGetText(key, "use", out var purpose)
            || !StrictJson.TryGetText(key, "kid", out var keyId)
            || !TryReadOperations(key, out var operations))
            return JsonWebKeyFault.Malformed;
        JoseAlgorithm? algorithm = null;
        if (alg is not null && !JoseAlgorithm.TryParse(alg, out algorithm))
            return JsonWebKeyFault.WrongAlgorithm;
        use = new KeyUse(algorithm, purpose, operations, keyId);
        return JsonWebKeyFault.None;
    }

    private static bool TryReadOperations(JsonElement key, out IReadOnlyList<string>? operations)
    {
        operations = null;
        if (!key.TryGetProperty("key_ops", out var member))
            return true;
        if (member.ValueKind != JsonValueKind.Array || member.GetArrayLength() > MaxOperations)
            return false;
        var read = new List<string>();
        foreach (var operation in member.EnumerateArray())
        {
            // RFC 7517 section 4.3: duplicates must not be present.
            if (operation.ValueKind != JsonValueKind.String || read.Contains(operation.GetString()!))
                return false;
            read.Add(operation.GetString()!);
        }

        operations = read;
        return true;
    }
}
