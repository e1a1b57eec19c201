namespace Writ.Governance.Organizations;

/// <summary>
/// The one rule for names that appear in paths, policies and command lines: 1 to 63 characters, lower-case ASCII letters,
/// digits and inner hyphens. There is nothing to escape in a slug, in any format Writ writes.
/// </summary>
public static class Slug
{
    /// <summary>The longest slug, in characters.</summary>
    public const int MaxLength = 63;

    /// <summary>What a value must look like, for error messages.</summary>
    public const string Rule = "1 to 63 lower-case letters, digits and inner hyphens";

    /// <summary>Whether <paramref name="text"/> is a slug.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength || text[0] == '-' || text[^1] == '-')
            return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }

        return true;
    }
}
