using System.Diagnostics.CodeAnalysis;

namespace Writ.Identity.Dids;

/// <summary>
/// A decentralized identifier of the method <c>key</c> or <c>web</c>, kept and compared as the very text it was given: the text in another
/// case, or escaped in another way, is not a second name of it but none. Immutable and thread safe.
/// </summary>
public sealed class Did : IEquatable<Did>
{
    /// <summary>The longest identifier, in characters.</summary>
    public const int MaxLength = 512;

    private const string KeyPrefix = "did:key:";
    private const string WebPrefix = "did:web:";

    private readonly string _text;

    private Did(string text, Multikey? key, string? address) => (_text, Key, DocumentAddress) = (text, key, address);

    /// <summary>Its method.</summary>
    public DidMethod Method => Key is null ? DidMethod.Web : DidMethod.Key;

    /// <summary>The key that a <c>did:key</c> is; null for <c>did:web</c>.</summary>
    public Multikey? Key { get; }

    /// <summary>Where the document of a <c>did:web</c> is, an https URL; null for <c>did:key</c>.</summary>
    public string? DocumentAddress { get; }

    /// <summary>Reads an identifier; there is no other text for the same one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Did? did, out DidFault fault)
    {
        did = null;
        text ??= "";
        fault = DidFault.TooLong;
        if (text.Length > MaxLength)
            return false;
        if (text.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            fault = Multikey.TryParse(text[KeyPrefix.Length..], out var key) ? DidFault.None : DidFault.WrongKey;
            did = key is null ? null : new Did(text, key, null);
        }
        else if (text.StartsWith(WebPrefix, StringComparison.Ordinal))
        {
            fault = WebName.Check(text.AsSpan(WebPrefix.Length), out var address);
            did = fault == DidFault.None ? new Did(text, null, address) : null;
        }
        else
        {
            fault = text.StartsWith("did:", StringComparison.Ordinal) && text.IndexOf(':', 4) > 4 ? DidFault.UnknownMethod : DidFault.WrongForm;
        }

        return did is not null;
    }

    /// <summary>The <c>did:key</c> of a key.</summary>
    public static Did OfKey(Multikey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new Did(KeyPrefix + key, key, null);
    }

    /// <summary>Equality of the texts.</summary>
    public bool Equals(Did? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Did);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The identifier as it was given.</summary>
    public override string ToString() => _text;
}
