namespace Writ.Cli.Terminal;

/// <summary>One wrong place in something that was handed in.</summary>
/// <param name="File">The file, variable or flag.</param>
/// <param name="Line">From 1; 0 where there is none.</param>
/// <param name="Column">From 1; 0 where there is none.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Code">The stable code, where there is one.</param>
internal sealed record TroubleSpot(string File, int Line, int Column, string Message, string? Code = null)
{
    public string Place => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}
