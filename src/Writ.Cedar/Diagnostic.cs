using System.Collections.Immutable;
using System.Text;

namespace Writ.Cedar;

/// <summary>Why an input was refused: what is wrong, where, and what would have been right. Immutable.</summary>
public sealed record Diagnostic
{
    private const int MaxMessage = 500;

    /// <summary>Creates a diagnostic. A message that has become very long by what it quotes is cut.</summary>
    public Diagnostic(string sourceName, SourcePosition position, string message)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        ArgumentNullException.ThrowIfNull(message);
        SourceName = sourceName;
        Position = position;
        Message = message.Length <= MaxMessage ? message : string.Concat(message.AsSpan(0, MaxMessage - 3), "...");
    }

    /// <summary>The name of the file or other source, as the caller gave it; empty when it gave none.</summary>
    public string SourceName { get; }

    /// <summary>Where the offending text starts. Unknown for a fault in the structure of a JSON document, which has a <see cref="Pointer"/>.</summary>
    public SourcePosition Position { get; }

    /// <summary>What is wrong, as a clause without a final stop.</summary>
    public string Message { get; }

    /// <summary>What would have been accepted in this place, in words; empty when that is not a short list.</summary>
    public ImmutableArray<string> Expected { get; init; } = [];

    /// <summary>What was found instead, quoted from the source; null when the message says it.</summary>
    public string? Found { get; init; }

    /// <summary>The JSON pointer (RFC 6901) of the offending value; null for Cedar text.</summary>
    public string? Pointer { get; init; }

    /// <summary>The line, from 1; 0 when unknown.</summary>
    public int Line => Position.Line;

    /// <summary>The column, from 1, in UTF-16 code units; 0 when unknown.</summary>
    public int Column => Position.Column;

    /// <summary>One line: <c>source:line:column: message; expected a or b, found c</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (SourceName.Length > 0)
            text.Append(SourceName).Append(':');
        if (Position.IsKnown)
            text.Append(Position).Append(':');
        if (Pointer is not null)
            text.Append('#').Append(Pointer).Append(':');
        if (text.Length > 0)
            text.Append(' ');
        text.Append(Message);
        if (Expected.Length > 0)
            text.Append("; expected ").Append(Expected.Length == 1 ? Expected[0] : string.Join(", ", Expected[..^1]) + " or " + Expected[^1]);
        if (Found is not null)
            text.Append(Expected.Length > 0 ? ", found " : "; found ").Append(Found);
        return text.ToString();
    }
}
