using System.Globalization;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Compilation;

/// <summary>
/// References (core 8.2.3) that stay in their own document: <c>#</c>, <c>#/pointer</c>, <c>#anchor</c>, and these behind the
/// root's <c>$id</c> as it is written there. URIs are not resolved against one another.
/// </summary>
internal static class LocalReference
{
    /// <summary>The decoded fragment of a reference into this document; null when it leads elsewhere.</summary>
    public static string? FragmentOf(string reference, string? identifier)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var document = hash < 0 ? reference : reference[..hash];
        if (document.Length > 0 && document != identifier)
            return null;
        return hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
    }

    /// <summary>The value a JSON pointer (RFC 6901) leads to.</summary>
    public static Datum? Find(Datum root, string pointer)
    {
        var at = root;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var token = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                ObjectDatum members when members.TryGet(token, out var member) => member,
                ArrayDatum items when Position(token) is { } position && position < items.Count => items.Items[position],
                _ => null,
            };
            if (at is null)
                return null;
        }

        return at;
    }

    private static int? Position(string token) =>
        (token == "0" || (token.Length > 0 && token[0] != '0'))
        && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
