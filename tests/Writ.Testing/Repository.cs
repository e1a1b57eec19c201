namespace Writ.Testing;

/// <summary>Where the checkout under test lies.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Writ.slnx</c>, found upwards from the test's own binary.</summary>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder of the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Writ.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Writ.slnx above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
