using System.Text.Json;
using Writ.Governance.Schemas;
using Writ.Testing;

namespace Writ.Governance.Tests.Schemas;

public sealed class RealDefinitionTests
{
    [Fact]
    public void The_input_schemas_of_real_servers_compile_and_take_what_they_describe()
    {
        var schemas = Definitions();
        Assert.Equal(183, schemas.Count);
        var valid = 0;
        var broken = 0;
        foreach (var (name, schema) in schemas)
        {
            var compiled = Assert.IsType<SchemaCompilation.Compiled>(InputSchema.Compile(schema)).Schema;
            var sample = new SampleInstances(schema).Of(schema);
            var violation = compiled.Validate(Parsed(sample));
            Assert.True(violation is null, $"{name}: {violation} for {sample}");
            valid++;

            foreach (var mutant in SampleInstances.Mutants(schema, sample))
            {
                Assert.True(compiled.Validate(Parsed(mutant)) is not null, $"{name} accepts {mutant}");
                broken++;
            }
        }

        Assert.Equal(183, valid);
        Assert.InRange(broken, 500, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"{valid} valid instances accepted, {broken} broken ones rejected");
    }

    private static List<(string Name, JsonElement Schema)> Definitions()
    {
        var text = File.ReadAllBytes(Corpora.Require("mcp-tools/real-tool-definitions.json"));
        return [.. JsonDocument.Parse(text).RootElement.EnumerateObject()
            .SelectMany(server => server.Value.EnumerateArray().Select(tool => ($"{server.Name}/{tool.GetProperty("name")}", tool.GetProperty("inputSchema"))))];
    }

    private static JsonElement Parsed(System.Text.Json.Nodes.JsonNode? node) => JsonDocument.Parse(node?.ToJsonString() ?? "null").RootElement;
}
