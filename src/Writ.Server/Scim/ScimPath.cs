namespace Writ.Server.Scim;

/// <summary>The path of an attribute, as it was written: names are compared without regard to case. Immutable.</summary>
/// <param name="Schema">The schema that was named; null where none was.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Sub">The part of a complex attribute; null for all of it.</param>
internal sealed record ScimPath(string? Schema, string Attribute, string? Sub)
{
    /// <summary>Reads <c>attribute</c>, <c>attribute.part</c> and either behind a schema's name and a colon; null where it is none.</summary>
    public static ScimPath? Parse(ReadOnlySpan<char> text)
    {
        var colon = text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? text.LastIndexOf(':') : -1;
        var schema = colon < 0 ? null : text[..colon].ToString();
        var rest = text[(colon + 1)..];
        var dot = rest.IndexOf('.');
        var attribute = dot < 0 ? rest : rest[..dot];
        var sub = dot < 0 ? null : rest[(dot + 1)..].ToString();
        return IsName(attribute) && (sub is null || IsName(sub)) ? new ScimPath(schema, attribute.ToString(), sub) : null;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('$'))
            text = text[1..];
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
