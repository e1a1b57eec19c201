namespace Writ.Architecture.Tests;

/// <summary>A rule of the house over everything it applies to.</summary>
internal static class Law
{
    /// <summary>Fails with every violation, one a line.</summary>
    public static void Holds(IEnumerable<string> violations)
    {
        var found = violations.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (found.Length > 0)
            Assert.Fail($"{found.Length} found:\n{string.Join('\n', found)}");
    }
}
