namespace Writ.Server.Configuration;

/// <summary>One thing that is wrong with the configuration, and where.</summary>
/// <param name="Code">A stable code, <c>WRIT9001</c> and on (docs/errors.md).</param>
/// <param name="Source">The file's path, the environment variable, or the flag as it was written.</param>
/// <param name="Message">What is wrong, what was expected, and what to do.</param>
/// <param name="Line">The line in a file, from 1; null elsewhere.</param>
/// <param name="Column">The column in a file, from 1; null elsewhere.</param>
public sealed record ConfigurationProblem(string Code, string Source, string Message, int? Line = null, int? Column = null)
{
    /// <summary>The place in the form editors understand: <c>file:line:column</c>, or the source alone.</summary>
    public string Place => Line is null ? Source : $"{Source}:{Line}:{Column}";

    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Code} {Message}";
}
