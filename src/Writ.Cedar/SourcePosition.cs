namespace Writ.Cedar;

/// <summary>
/// Where something stands in its source. Lines and columns count from 1; a column counts UTF-16 code units, as editors do.
/// The default, <c>(0, 0)</c>, means that there is no text: the thing was built in code or read from JSON.
/// </summary>
/// <param name="Line">The line, from 1; 0 when there is no text.</param>
/// <param name="Column">The column, from 1; 0 when there is no text.</param>
public readonly record struct SourcePosition(int Line, int Column)
{
    /// <summary>Whether there is a text that this position points into.</summary>
    public bool IsKnown => Line > 0;

    /// <summary><c>line:column</c>, or <c>-</c> when there is no text.</summary>
    public override string ToString() => IsKnown ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}") : "-";
}
