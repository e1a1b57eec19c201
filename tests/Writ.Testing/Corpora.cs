using Xunit;

namespace Writ.Testing;

/// <summary>
/// The public corpora and vectors that tests read: from <c>WRIT_CORPORA</c>, by default <c>../shared/data</c> beside the
/// checkout. They are never part of the repository; a test that needs an absent one is skipped by name.
/// </summary>
public static class Corpora
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("WRIT_CORPORA") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data"));

    /// <summary>The full path of a corpus file or folder; skips the running test when it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(Folder, relativePath);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"corpus '{relativePath}' is not in {Folder}: run eng/corpora to fetch it, or set WRIT_CORPORA");
        return path;
    }
}
