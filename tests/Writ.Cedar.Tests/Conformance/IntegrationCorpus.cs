using System.Text.Json;

namespace Writ.Cedar.Tests.Conformance;

/// <summary>The generated half of cedar-integration-tests, read out of its archive; it is never unpacked.</summary>
public static class IntegrationCorpus
{
    public const string Folder = "cedar-integration-tests";

    public static IEnumerable<CorpusTest> Generated()
    {
        var files = TarArchive.Files($"{Folder}/corpus-tests.tar.gz")
            .Where(file => !file.Name.EndsWith(".cedarschema", StringComparison.Ordinal))
            .ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);

        foreach (var (name, content) in files.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal) && !file.Key.EndsWith(".entities.json", StringComparison.Ordinal)))
        {
            var stem = name[..^".json".Length];
            var root = JsonDocument.Parse(content).RootElement;
            yield return new CorpusTest(stem, files[stem + ".cedar"], files[stem + ".entities.json"], root.GetProperty("requests"), root.GetProperty("shouldValidate").GetBoolean());
        }
    }

    /// <summary>The schemas of all tests, in the text form, by the name of the test.</summary>
    public static IEnumerable<(string Name, byte[] Text)> Schemas() => TarArchive.Files($"{Folder}/corpus-tests.tar.gz")
        .Where(file => file.Name.EndsWith(".cedarschema", StringComparison.Ordinal))
        .Select(file => (file.Name[..^".cedarschema".Length], file.Content));
}
