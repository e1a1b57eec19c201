namespace Writ.Crypto.Json;

/// <summary>Why and where a text has no canonical form. Immutable.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Index of the offending byte in the input, from 0; the input's length where something is missing at the end.</param>
/// <param name="Pointer">
/// JSON Pointer (RFC 6901) of the value being read, cut at 256 characters. Its segments are the sender's own keys (control
/// characters escaped): data, not to be trusted and not part of <see cref="Message"/>.
/// </param>
public sealed record JcsError(JcsErrorKind Kind, int Offset, string Pointer)
{
    /// <summary>What was wrong, where, and what was expected; holds nothing that the sender wrote.</summary>
    public string Message => $"byte {Offset}: " + Kind switch
    {
        JcsErrorKind.Syntax => "not JSON: expected a value, or the token that may follow the one before (RFC 8259)",
        JcsErrorKind.InvalidUtf8 => "not UTF-8",
        JcsErrorKind.LoneSurrogate => "an escaped surrogate without its other half; write the character itself",
        JcsErrorKind.DuplicateKey => "this object has the key already; keys are unique",
        JcsErrorKind.NumberTooLarge => "a number beyond what a double holds (1.8e308); send it as a string",
        JcsErrorKind.IntegerNotExact => "a whole number that a double would round; send it as a string",
        JcsErrorKind.TooDeep => "too many nested arrays and objects",
        JcsErrorKind.TooLong => "the text is longer than the limit",
        _ => Kind.ToString(),
    };

    /// <summary>The same as <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
