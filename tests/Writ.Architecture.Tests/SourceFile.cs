using Writ.Testing;

namespace Writ.Architecture.Tests;

/// <summary>One file of the checkout. <paramref name="Path"/> is relative to its root, with forward slashes.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "node_modules"];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string[] Folders => Path.Split('/')[..^1];

    /// <summary>The text without comments; literals are kept.</summary>
    public string Code => CodeText.WithoutComments(Text);

    /// <summary>The text without comments and without the content of literals.</summary>
    public string BareCode => CodeText.WithoutCommentsAndLiterals(Text);

    /// <summary>Every C# file below some folders of the checkout.</summary>
    public static IReadOnlyList<SourceFile> Below(params string[] folders) =>
    [
        .. from folder in folders
           let root = Repository.PathOf(folder)
           where Directory.Exists(root)
           from path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
           let relative = System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
           where !relative.Split('/').Intersect(Generated).Any()
           orderby relative
           select new SourceFile(relative, File.ReadAllText(path)),
    ];

    /// <summary>Where an offset of the text lies, as <c>path:line</c>.</summary>
    public string Locate(int offset) => $"{Path}:{Text.AsSpan(0, offset).Count('\n') + 1}";
}
