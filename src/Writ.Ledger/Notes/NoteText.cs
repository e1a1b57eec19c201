using System.Globalization;
using System.Text;

namespace Writ.Ledger.Notes;

/// <summary>The text rules of C2SP signed-note.</summary>
internal static class NoteText
{
    public const int MaxNameLength = 255;

    public static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A key name or origin: not empty, at most 255 bytes of well-formed Unicode, no spaces, no plus, no control characters.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxNameLength || name.Contains('\uFFFD'))
            return false;
        foreach (var c in name)
        {
            if (c == '+' || char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
                return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[++i])))
                return false;
        }

        return Encoding.UTF8.GetByteCount(name) <= MaxNameLength;
    }

    /// <summary>A note's text: newlines are its only control characters, and it ends with one.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c != '\n')
                return false;
        }

        return text.Length > 0 && text[^1] == '\n';
    }

    /// <summary>Base64 in its one padded form; null otherwise. The in-box decoder also takes white space and loose trailing bits.</summary>
    public static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var count) && Convert.ToBase64String(bytes, 0, count) == text
            ? bytes[..count]
            : null;
    }
}
