using System.Text.RegularExpressions;

namespace Writ.Architecture.Tests;

/// <summary>A pattern that must not occur in code, and why. Files in <paramref name="Except"/> may, each for a stated reason.</summary>
internal sealed record ForbiddenCode(string Why, Regex Pattern, bool InLiterals = false, IReadOnlyDictionary<string, string>? Except = null)
{
    public static readonly ForbiddenCode WallClock = new(
        "time comes from TimeProvider",
        new Regex(@"\bDateTime(Offset)?\s*\.\s*(UtcNow|Now|Today)\b|\bStopwatch\b|\bEnvironment\s*\.\s*TickCount"));

    public static readonly ForbiddenCode WaitInTest = new(
        "tests wait for events, never for time",
        new Regex(@"\bThread\s*\.\s*(Sleep|SpinWait)\b|\bTask\s*\.\s*Delay\b|\bSpinOnce\b"));

    public static readonly ForbiddenCode Unfinished = new(
        "an unfinished thing is an issue or does not exist",
        new Regex(@"\bNotImplementedException\b"));

    public static readonly ForbiddenCode Shell = new(
        "child processes start without a shell",
        new Regex(
            """
            UseShellExecute\s*=\s*true
            | "(?:/usr)?/bin/(?:ba|da|z|k)?sh"
            | (?:\bStart|\bProcessStartInfo|\bFileName)[\s=(]*"(?:(?:ba|da|z|k)?sh|cmd|powershell|pwsh)(?:\.exe)?"
            """,
            RegexOptions.IgnorePatternWhitespace),
        InLiterals: true);

    /// <summary>System.Uri normalizes what it reads, so that two spellings become one identity.</summary>
    public static readonly ForbiddenCode UriInSpiffe = new(
        "SPIFFE ids are parsed by their own grammar, never by System.Uri",
        new Regex(@"\bUri(Builder)?\b|\bUriKind\b"));

    public IEnumerable<string> FindIn(SourceFile file)
    {
        if (Except?.ContainsKey(file.Path) == true)
            yield break;
        foreach (Match found in Pattern.Matches(InLiterals ? file.Code : file.BareCode))
            yield return $"{file.Locate(found.Index)}: {found.Value.Trim()}: {Why}";
    }
}
