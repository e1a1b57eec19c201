using System.Buffers;
using System.Globalization;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// What paths say, by their text alone: no file system is asked, so a link inside a root that leads out of it is not seen. Both slashes
/// part, so that a path means the same wherever it is used. Of several paths all have to be inside.
/// </summary>
internal static class PathDetector
{
    private static readonly SearchValues<char> Expanded = SearchValues.Create("$%*?{}");

    private static readonly string[] SystemFolders =
    [
        "bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "proc", "root", "run", "sbin", "sys", "usr", "var", "system", "library", "windows", "program files", "programdata",
    ];

    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var roots = input.Roots.Select(Segments).ToArray();
        var (absolute, hidden, home, inside, system, traversal) = (false, false, false, true, false, false);
        foreach (var text in texts)
        {
            if (text.Length is 0 or > 4_096 || text.Any(char.IsControl) || text.AsSpan().ContainsAny(Expanded) || text.Any(IsFolded))
                return new PoisonValue("a path is empty, too long, or holds what a program may expand or fold");
            var path = text.Replace('\\', '/');
            var drive = path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]);
            if (path.Contains(':', StringComparison.Ordinal) && !drive)
                return new PoisonValue("a path holds a colon: it may name a scheme, a stream or another machine");
            var isAbsolute = path[0] == '/' || drive;
            var named = Segments(drive ? path[2..] : path);
            traversal |= named.Contains("..");
            hidden |= named.Any(s => s[0] == '.' && s is not ("." or ".."));
            home |= path[0] == '~' || (isAbsolute && named is ["home" or "users" or "Users" or "root", ..]);
            absolute |= isAbsolute;

            var resolved = Resolve(isAbsolute ? named : [.. roots.FirstOrDefault([]), .. named]);
            system |= resolved is null || (isAbsolute && resolved is [var top, ..] && SystemFolders.Contains(top.ToLowerInvariant())) || path.StartsWith("//", StringComparison.Ordinal);
            inside &= !drive && path[0] != '~' && !path.StartsWith("//", StringComparison.Ordinal) && resolved is not null
                && roots.Any(root => resolved.Count >= root.Count && resolved.Take(root.Count).SequenceEqual(root, StringComparer.Ordinal));
        }

        return RecordValue.Of(("absolute", absolute), ("hidden", hidden), ("home", home), ("inside", inside && texts.Count > 0), ("system", system), ("traversal", traversal));
    }

    /// <summary>Whether a program that normalizes names may make a dot, a slash or a tilde of it.</summary>
    private static bool IsFolded(char c) =>
        c is (>= '\uFF01' and <= '\uFF5E') or (>= '\uFE30' and <= '\uFE6F') or (>= '\u2024' and <= '\u2026') or '\u2044' or '\u2215' or '\u29F8' or '\u02DC'
        || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static List<string> Segments(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Without <c>.</c> and <c>..</c>; null where it climbs above everything.</summary>
    private static List<string>? Resolve(IEnumerable<string> segments)
    {
        var resolved = new List<string>();
        foreach (var segment in segments.Where(s => s != "."))
        {
            if (segment != "..")
                resolved.Add(segment);
            else if (resolved.Count == 0)
                return null;
            else
                resolved.RemoveAt(resolved.Count - 1);
        }

        return resolved;
    }
}
