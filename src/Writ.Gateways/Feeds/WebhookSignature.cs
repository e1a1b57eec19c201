using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Writ.Gateways.Feeds;

/// <summary>Signs a message as Standard Webhooks has it: HMAC-SHA-256 over <c>id.timestamp.body</c>, one signature for each key.</summary>
internal static class WebhookSignature
{
    /// <summary>The value of <c>webhook-signature</c>.</summary>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, ImmutableArray<byte[]> keys)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var signatures = new List<string>(keys.Length);
        foreach (var key in keys)
        {
            using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            mac.AppendData(head);
            mac.AppendData(body);
            signatures.Add("v1," + Convert.ToBase64String(mac.GetHashAndReset()));
        }

        return string.Join(' ', signatures);
    }
}
