using System.Text;
using Writ.Cedar.Json;
using Writ.Cedar.Schemas;
using Writ.Testing;

namespace Writ.Cedar.Tests.Conformance;

public sealed class SchemaCorpusTests
{
    [Fact]
    public void T09_every_schema_of_the_generated_corpus_reads_and_survives_text_and_json()
    {
        var failures = new List<string>();
        var schemas = 0;
        foreach (var (name, text) in IntegrationCorpus.Schemas())
        {
            schemas++;
            failures.AddRange(Check(text).Select(failure => $"{name}: {failure}"));
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(10))}");
        Assert.Equal(7_809, schemas);
    }

    [Fact]
    public void T09_every_schema_of_the_handwritten_corpus_reads_and_survives_text_and_json()
    {
        var files = Directory.GetFiles(Corpora.Require(IntegrationCorpus.Folder + "/sample-data"), "*.cedarschema", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Empty(Check(File.ReadAllBytes(file))));
    }

    [Fact]
    public void T09_the_json_form_that_Cedar_made_of_each_schema_says_what_the_text_says()
    {
        var texts = IntegrationCorpus.Schemas().ToDictionary(schema => schema.Name, schema => schema.Text, StringComparer.Ordinal);
        var failures = new List<string>();
        var schemas = 0;
        foreach (var (file, json) in TarArchive.Files("cedar-go-validation/corpus-tests-json-schemas.tar.gz"))
        {
            schemas++;
            var name = file[..^".cedarschema.json".Length];
            if (!SchemaJson.Read(json).TryGet(out var fromJson, out var problems) || !SchemaDocument.Parse(texts[name]).TryGet(out var fromText, out problems)
                || !Schema.Create(fromJson).TryGet(out _, out problems))
            {
                failures.Add($"{name}: {string.Join("; ", problems)}");
            }
            else if (SchemaJson.Write(fromJson) != SchemaJson.Write(fromText))
            {
                failures.Add($"{name} differs:\n{SchemaJson.Write(fromJson)}\n{SchemaJson.Write(fromText)}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(4))}");
        Assert.Equal(7_750, schemas);
    }

    private static IEnumerable<string> Check(byte[] text)
    {
        if (!SchemaDocument.Parse(text).TryGet(out var document, out var problems) || !Schema.Create(document).TryGet(out _, out problems))
            return [string.Join("; ", problems) + "\n" + Encoding.UTF8.GetString(text)];
        var canonical = SchemaJson.Write(document);
        if (!document.Print().TryGet(out var printed, out problems) || !SchemaDocument.Parse(printed).TryGet(out var again, out problems))
            return [string.Join("; ", problems)];
        if (SchemaJson.Write(again) != canonical)
            return ["differs after text"];
        if (!SchemaJson.Read(canonical).TryGet(out var fromJson, out problems))
            return [string.Join("; ", problems)];
        return SchemaJson.Write(fromJson) == canonical && fromJson.Print().TryGet(out var back, out _) && SchemaDocument.Parse(back).TryGet(out var last, out _) && SchemaJson.Write(last) == canonical
            ? []
            : ["differs after json"];
    }
}
