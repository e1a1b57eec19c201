namespace Writ.Governance.Replay;

/// <summary>Why a replay stopped: a file and, where one is at fault, a line.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1; 0 for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
public sealed record TraceProblem(string File, long Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
