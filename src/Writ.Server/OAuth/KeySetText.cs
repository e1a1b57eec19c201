using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Server.OAuth;

/// <summary>Writes public keys as a JWK set (RFC 7517 section 5).</summary>
internal static class KeySetText
{
    public static byte[] Of(IEnumerable<JsonWebKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in keys)
                writer.WriteRawValue(key.ToJson());
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
