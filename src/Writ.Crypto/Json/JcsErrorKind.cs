namespace Writ.Crypto.Json;

/// <summary>Why a text has no canonical form.</summary>
public enum JcsErrorKind
{
    /// <summary>Not JSON (RFC 8259): a wrong or missing token, an unescaped control character, text after the value.</summary>
    Syntax,

    /// <summary>Not UTF-8 (RFC 3629).</summary>
    InvalidUtf8,

    /// <summary>A <c>\u</c> escape that is half of a surrogate pair (RFC 7493 section 2.1).</summary>
    LoneSurrogate,

    /// <summary>An object with the same key twice, after unescaping (RFC 7493 section 2.3).</summary>
    DuplicateKey,

    /// <summary>A number whose magnitude a double cannot hold (RFC 7493 section 2.2).</summary>
    NumberTooLarge,

    /// <summary>
    /// A whole number that a double would change (RFC 7493 section 2.2). Two such literals could share one canonical form, and a
    /// peer that reads integers exactly would act on another value than the one that was hashed. It belongs in a string.
    /// </summary>
    IntegerNotExact,

    /// <summary>More nested arrays and objects than <see cref="JcsLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>More bytes than <see cref="JcsLimits.MaxBytes"/>.</summary>
    TooLong,
}
