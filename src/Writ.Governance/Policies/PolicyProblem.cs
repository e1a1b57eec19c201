namespace Writ.Governance.Policies;

/// <summary>Something wrong with a bundle: where, what, and what was expected.</summary>
/// <param name="File">The file's path inside the bundle.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Column">From 1; 0 where the whole line is meant.</param>
/// <param name="Message">What was wrong and what to do.</param>
public sealed record PolicyProblem(string File, int Line, int Column, string Message)
{
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
