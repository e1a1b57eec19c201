using System.Globalization;

namespace Writ.Ledger.Trust;

/// <summary>One thing that is wrong with a policy file. Immutable.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record PolicyFileProblem(int Line, string Message)
{
    /// <summary>Line and message.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {Message}");
}
