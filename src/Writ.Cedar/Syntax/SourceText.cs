using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Writ.Cedar.Syntax;

/// <summary>Takes a source in: within its bound, and well-formed UTF-8. A byte order mark is dropped.</summary>
internal static class SourceText
{
    public static bool TryDecode(ReadOnlySpan<byte> utf8, ParseOptions options, [NotNullWhen(true)] out string? source, [NotNullWhen(false)] out Diagnostic? problem)
    {
        source = null;
        problem = TooLong(utf8.Length, options);
        if (problem is not null)
            return false;
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var chars = new char[utf8.Length];
        if (Utf8.ToUtf16(utf8, chars, out var read, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            source = new string(chars, 0, written);
            return true;
        }

        var position = new SourceMap(new string(chars, 0, written)).At(written);
        problem = new Diagnostic(options.SourceName, position, string.Create(CultureInfo.InvariantCulture, $"the byte at offset {read} (0x{utf8[read]:x2}) is not UTF-8"));
        return false;
    }

    /// <summary>The problem of a source that is too long; null when it is not.</summary>
    public static Diagnostic? Check(string source, ParseOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        return TooLong(source.Length > options.MaxBytes ? source.Length : Encoding.UTF8.GetByteCount(source), options);
    }

    private static Diagnostic? TooLong(int bytes, ParseOptions options) => bytes <= options.MaxBytes
        ? null
        : new Diagnostic(options.SourceName, new SourcePosition(1, 1), string.Create(CultureInfo.InvariantCulture, $"the source is longer than {options.MaxBytes} bytes"));
}
