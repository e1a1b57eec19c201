using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Writ.Identity.Dids;

/// <summary>A key of an identifier by its name, <c>did:…#fragment</c>. No path, no query. Immutable and thread safe.</summary>
public sealed class DidUrl
{
    /// <summary>The longest fragment, in characters.</summary>
    public const int MaxFragmentLength = 256;

    private static readonly SearchValues<char> FragmentCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:");

    private DidUrl(Did did, string fragment) => (Did, Fragment) = (did, fragment);

    /// <summary>Whose key it names.</summary>
    public Did Did { get; }

    /// <summary>The name of the key, without <c>#</c>.</summary>
    public string Fragment { get; }

    /// <summary>Reads a name; false when it is not one, or the DID before it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DidUrl? url)
    {
        url = null;
        var hash = text?.IndexOf('#') ?? -1;
        if (hash < 0 || !Did.TryParse(text![..hash], out var did, out _))
            return false;
        var fragment = text.AsSpan(hash + 1);
        if (fragment.Length is 0 or > MaxFragmentLength || fragment.ContainsAnyExcept(FragmentCharacters))
            return false;
        url = new DidUrl(did, fragment.ToString());
        return true;
    }

    /// <summary>The name as it was given.</summary>
    public override string ToString() => $"{Did}#{Fragment}";
}
