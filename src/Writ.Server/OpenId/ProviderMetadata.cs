using System.Text.Json;

namespace Writ.Server.OpenId;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as a login needs it.</summary>
/// <param name="Authorization">Where people log in.</param>
/// <param name="Token">Where a code is redeemed.</param>
/// <param name="Keys">Where its keys are.</param>
/// <param name="NamesItself">Whether every answer of it carries <c>iss</c> (RFC 9207).</param>
internal sealed record ProviderMetadata(Uri Authorization, Uri Token, Uri Keys, bool NamesItself)
{
    /// <summary>Reads a document; null where it is not of this issuer, or says too little.</summary>
    public static ProviderMetadata? Read(ReadOnlyMemory<byte> json, string issuer)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "issuer") != issuer)
                return null;
            var secure = issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            return Address(root, "authorization_endpoint", secure) is { } authorization && Address(root, "token_endpoint", secure) is { } token && Address(root, "jwks_uri", secure) is { } keys
                ? new ProviderMetadata(authorization, token, keys, root.TryGetProperty("authorization_response_iss_parameter_supported", out var says) && says.ValueKind == JsonValueKind.True)
                : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // An issuer with TLS names nothing without; what addresses hosts may have is checked when they are connected to.
    private static Uri? Address(JsonElement root, string member, bool secure) =>
        Uri.TryCreate(Text(root, member), UriKind.Absolute, out var address) && (address.Scheme == "https" || (!secure && address.Scheme == "http")) && address is { UserInfo: "", Fragment: "" }
            ? address
            : null;

    private static string? Text(JsonElement root, string member) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
