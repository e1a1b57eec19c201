using System.Buffers;

namespace Writ.Governance.Decisions;

/// <summary>
/// Where a call stands in its caller's trace (W3C Trace Context, <c>traceparent</c> of version 00). Said by the caller: it joins records to
/// traces and decides nothing. Immutable.
/// </summary>
public readonly record struct TraceParent
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private readonly string _text;

    private TraceParent(string text) => _text = text;

    /// <summary>The trace, 32 hexadecimal digits in lower case.</summary>
    public ReadOnlySpan<char> TraceId => _text.AsSpan(3, 32);

    /// <summary>The caller's span in it, 16 hexadecimal digits in lower case.</summary>
    public ReadOnlySpan<char> SpanId => _text.AsSpan(36, 16);

    /// <summary>Reads <c>00-</c> 32 hex <c>-</c> 16 hex <c>-</c> 2 hex; neither id is zero (sections 3.2.2.3 and 3.2.2.4). Null for anything else.</summary>
    public static TraceParent? Read(string? text) =>
        text is { Length: 55 } && text.StartsWith("00-", StringComparison.Ordinal) && text[35] == '-' && text[52] == '-'
        && IsId(text.AsSpan(3, 32)) && IsId(text.AsSpan(36, 16)) && !text.AsSpan(53).ContainsAnyExcept(Hex)
            ? new TraceParent(text)
            : null;

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static bool IsId(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Hex) && text.ContainsAnyExcept('0');
}
