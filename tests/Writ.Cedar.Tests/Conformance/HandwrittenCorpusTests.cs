using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Testing;

namespace Writ.Cedar.Tests.Conformance;

public sealed class HandwrittenCorpusTests
{
    [Fact]
    public void Every_request_of_the_handwritten_corpus_is_decided_as_Cedar_decides_it()
    {
        var root = Corpora.Require(IntegrationCorpus.Folder);
        var failures = new List<string>();
        var requests = 0;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.json", SearchOption.AllDirectories))
        {
            var test = JsonNode.Parse(File.ReadAllText(file))!;
            var policies = File.ReadAllBytes(Path.Combine(root, test["policies"]!.GetValue<string>()));
            var entities = JsonNode.Parse(File.ReadAllText(Path.Combine(root, test["entities"]!.GetValue<string>())))!;
            var expected = JsonSerializer.SerializeToElement(Explicit(test["requests"]!));
            requests += CorpusCheck.Run(new CorpusTest(file, policies, Encoding.UTF8.GetBytes(Explicit(entities).ToJsonString()), expected, test["shouldValidate"]!.GetValue<bool>()), failures);
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(74, requests);
    }

    [Fact]
    public void Strict_validation_says_of_every_handwritten_test_what_Cedar_says()
    {
        var root = Corpora.Require(IntegrationCorpus.Folder);
        var files = Directory.GetFiles(Path.Combine(root, "tests"), "*.json", SearchOption.AllDirectories);
        Assert.Equal(22, files.Length);
        Assert.All(files, file =>
        {
            var test = JsonNode.Parse(File.ReadAllText(file))!;
            Assert.True(Schema.Parse(File.ReadAllBytes(Path.Combine(root, test["schema"]!.GetValue<string>()))).TryGet(out var schema, out _));
            Assert.True(PolicySet.Parse(File.ReadAllBytes(Path.Combine(root, test["policies"]!.GetValue<string>()))).TryGet(out var policies, out _));
            var errors = new Validator(schema).Validate(policies).Where(finding => finding.Severity == Severity.Error).ToList();
            Assert.True(errors.Count == 0 == test["shouldValidate"]!.GetValue<bool>(), $"{file}: {string.Join('\n', errors)}");
        });
    }

    // These files leave out the escapes that their two schemas imply: references in three attributes, and a decimal in the context.
    private static JsonNode Explicit(JsonNode node)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => item is null ? null : Explicit(item))]);
            case JsonObject record:
                var copy = new JsonObject();
                foreach (var (name, value) in record)
                {
                    copy[name] = (name, value) switch
                    {
                        (_, null) => null,
                        ("account" or "owner", JsonObject reference) => Escape("__entity", Inner(reference, "__entity")),
                        ("admins", JsonArray references) => new JsonArray([.. references.Select(item => Escape("__entity", Inner(item!.AsObject(), "__entity")))]),
                        ("confidence_score", JsonValue text) => Escape("__extn", new JsonObject { ["fn"] = "decimal", ["arg"] = text.DeepClone() }),
                        _ => Explicit(value),
                    };
                }

                return copy;
            default:
                return node.DeepClone();
        }
    }

    private static JsonNode Inner(JsonObject node, string escape) => (node[escape] ?? node).DeepClone();

    private static JsonObject Escape(string escape, JsonNode inner) => new() { [escape] = inner };
}
