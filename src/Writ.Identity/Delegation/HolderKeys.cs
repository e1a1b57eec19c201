using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Identity.Delegation;

/// <summary>
/// The keys of holders, read once for their exact text: to find a point on the curve takes longer than all the rest of reading a token.
/// Bounded: when it is full, it is let go. Thread safe.
/// </summary>
internal sealed class HolderKeys
{
    private const int MaxKeys = 4_096;

    // A key of the two kinds takes 200 characters or less: whatever is longer is padding that would be kept.
    private const int MaxText = 1_024;

    private readonly ConcurrentDictionary<string, JsonWebKey> _byText = new(StringComparer.Ordinal);

    public bool TryRead(JsonElement jwk, [NotNullWhen(true)] out JsonWebKey? key)
    {
        var text = jwk.GetRawText();
        key = null;
        if (text.Length > MaxText)
            return false;
        if (_byText.TryGetValue(text, out key))
            return true;
        if (!JsonWebKey.TryParse(jwk, out key, out _))
            return false;
        if (_byText.Count >= MaxKeys)
            _byText.Clear();
        _byText[text] = key;
        return true;
    }
}
