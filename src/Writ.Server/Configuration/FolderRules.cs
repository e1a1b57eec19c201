namespace Writ.Server.Configuration;

/// <summary>
/// Keys and data never share a folder: a copied or rolled back data folder must show itself. Links are followed, as far as the path
/// exists.
/// </summary>
internal static class FolderRules
{
    public static bool IsInside(string path, string folder)
    {
        var (inner, outer) = (Resolve(path), Resolve(folder));
        return inner == outer || inner.StartsWith(outer == "/" ? outer : outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Resolve(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        var links = 0;
        var rest = new Stack<string>(path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var name))
        {
            var next = Path.GetFullPath(name, resolved);
            if (new FileInfo(next).LinkTarget is not { } target || ++links > 40)
            {
                resolved = next;
                continue;
            }

            foreach (var part in target.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(part);
            if (Path.IsPathRooted(target))
                resolved = Path.GetPathRoot(target)!;
        }

        return resolved;
    }
}
