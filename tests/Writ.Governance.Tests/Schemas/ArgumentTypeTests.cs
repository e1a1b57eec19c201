using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Cedar.Values;
using Writ.Governance.Schemas;
using Writ.Governance.Schemas.Arguments;
using Writ.Testing;

namespace Writ.Governance.Tests.Schemas;

/// <summary>The type that a definition gives its arguments is the type of the values that are made of them.</summary>
public sealed class ArgumentTypeTests
{
    public static TheoryData<string, string> Types => new()
    {
        { """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"number"},"d":{"type":"boolean"}},"required":["b"]}""", "{a?: __cedar::String, b: __cedar::Long, c?: __cedar::decimal, d?: __cedar::Bool}" },
        { """{"type":"object","properties":{"a":{"type":"array","items":{"type":"number"}}}}""", "{a?: Set<__cedar::decimal>}" },
        { """{"type":"object","properties":{"a":{"type":"array"}}}""", "{a?: Set<anything>}" },
        { """{"type":"object","properties":{"a":{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"string"}}}}""", "{a?: Set<anything>}" },
        { """{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]}}}""", "{a?: {b: __cedar::String}}" },
        { """{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":["integer","number"]},"c":{"type":["string","integer"]}}}""", "{a?: __cedar::String, b?: __cedar::decimal, c?: anything}" },
        { """{"type":"object","properties":{"a":{"enum":["x","y"]},"b":{"enum":["x",1]},"c":{"const":"x"},"d":{}}}""", "{a?: __cedar::String, b?: anything, c?: __cedar::String, d?: anything}" },
        { """{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"integer"}}}""", "{a?: __cedar::Long}" },
        { """{"type":"object","properties":{"a":{"type":"number","allOf":[{"type":"integer"}]}}}""", "{a?: __cedar::Long}" },
        { """{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"integer"}]}}}""", "{a?: anything}" },
        { """{"type":"object","allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"string"}}}]}""", "{a: __cedar::String, b?: __cedar::String}" },
        { """{"type":"object"}""", "{...}" },
        { """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}""", "{a?: __cedar::String, ...}" },
        { """{"type":"object","properties":{"a":{"type":"string"}},"patternProperties":{"^x":{"type":"string"}}}""", "{a?: __cedar::String, ...}" },
        { """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", "{a?: __cedar::String}" },
        { """{"type":"object","properties":{"a b":{"type":"string"}},"dependentRequired":{"x":["a b"]}}""", "{\"a b\"?: __cedar::String}" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_definition_types_its_arguments(string schema, string type) => Assert.Equal(type, TypeOf(Compiled(schema)).ToString());

    [Fact]
    public void A_definition_that_holds_itself_is_typed_as_deep_as_it_goes()
    {
        var type = TypeOf(Compiled("""{"type":"object","properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}"""));
        Assert.StartsWith("{next?: {next?: {next?: ", type.ToString(), StringComparison.Ordinal);
        Assert.InRange(type.Height, 10, 14);
    }

    [Fact]
    public void The_183_real_definitions_are_typed_and_their_arguments_are_of_the_type()
    {
        var (typed, open) = (0, 0);
        using var corpus = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("mcp-tools/real-tool-definitions.json")));
        foreach (var definition in corpus.RootElement.EnumerateObject().SelectMany(server => server.Value.EnumerateArray()).Select(tool => tool.GetProperty("inputSchema")))
        {
            var schema = Compiled(definition.GetRawText());
            var type = TypeOf(schema);
            var sample = JsonElement.Parse(new SampleInstances(definition).Of(definition)!.ToJsonString());
            Assert.Null(schema.Validate(sample));
            Assert.Empty(Findings(type, ArgumentValues.Of(sample, schema)));
            typed++;
            open += type.ToString().Contains("anything", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(183, typed);
        Assert.InRange(open, 0, 25);
        TestContext.Current.TestOutputHelper?.WriteLine($"{typed} definitions typed, {open} of them with a place that they leave open");
    }

    [Fact]
    public void Random_arguments_that_a_random_schema_lets_pass_are_of_its_type() =>
        Prop.ForAll(Gen.Sized(size => Object(Math.Min(size, 30))).ToArbitrary(), pair =>
        {
            var schema = Compiled(pair.Schema);
            var arguments = JsonElement.Parse(pair.Value);
            Assert.True(schema.Validate(arguments) is null, $"{pair.Schema} refuses {pair.Value}");
            var findings = Findings(TypeOf(schema), ArgumentValues.Of(arguments, schema));
            Assert.True(findings.IsEmpty, $"{findings.Select(finding => finding.ToString()).FirstOrDefault()} for {pair.Value} under {pair.Schema}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(40));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number"}}}""", """{"a":1}""", "Long")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}}}""", """{"a":1}""", "decimal")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}}}""", """{"a":["x"]}""", "Long")]
    public void Another_type_would_be_noticed(string schema, string arguments, string other)
    {
        var compiled = Compiled(schema);
        var wrong = Schema.Parse($"entity E; action a appliesTo {{ principal: E, resource: E, context: {{ args: {{ a?: {other} }} }} }};").TryGet(out var parsed, out _) ? parsed : throw new InvalidOperationException();
        Assert.NotEmpty(Findings(wrong, ArgumentValues.Of(JsonElement.Parse(arguments), compiled)));
    }

    private static InputSchema Compiled(string schema) => Assert.IsType<SchemaCompilation.Compiled>(InputSchema.Compile(JsonElement.Parse(schema))).Schema;

    private static SchemaType TypeOf(InputSchema schema) => SchemaOf(schema).Actions.Values.Single().Context.Attributes["args"].Type;

    private static Schema SchemaOf(InputSchema schema) => SchemaOf(ArgumentTypes.Of(schema));

    private static Schema SchemaOf(TypeSyntax type) => Schema.Create(new SchemaDocument
    {
        Namespaces =
        [
            new NamespaceDeclaration
            {
                EntityTypes = [new EntityDeclaration { Name = "E" }],
                Actions = [new ActionDeclaration { Name = "a", AppliesTo = new AppliesToDeclaration { Principals = ["E"], Resources = ["E"], Context = new TypeSyntax.RecordOf([new AttributeDeclaration { Name = "args", Type = type }]) } }],
            },
        ],
    }).TryGet(out var schema, out var problems) ? schema : throw new InvalidOperationException(problems[0].ToString());

    private static ImmutableArray<Finding> Findings(SchemaType type, Value arguments) => Findings(SchemaWith(type), arguments);

    private static ImmutableArray<Finding> Findings(Schema schema, Value arguments) => new Validator(schema).Validate(new Request(
        new EntityUid("E", "e"), new EntityUid("Action", "a"), new EntityUid("E", "e"), RecordValue.Of(("args", arguments))));

    private static Schema SchemaWith(SchemaType type) => SchemaOf(Syntax(type));

    private static TypeSyntax Syntax(SchemaType type) => type switch
    {
        SchemaType.Any => new TypeSyntax.Any(),
        SchemaType.Set set => new TypeSyntax.SetOf(Syntax(set.Element)),
        SchemaType.Record record => new TypeSyntax.RecordOf([.. record.Attributes.Select(item => new AttributeDeclaration { Name = item.Key, Type = Syntax(item.Value.Type), IsRequired = item.Value.IsRequired })]) { IsOpen = record.IsOpen },
        SchemaType.Extension => new TypeSyntax.Named(NameKind.Extension, "decimal"),
        _ => new TypeSyntax.Named(NameKind.Primitive, type.ToString()["__cedar::".Length..]),
    };

    // A schema of an object, and an instance that it lets pass.
    private static Gen<(string Schema, string Value)> Object(int size) =>
        Gen.ListOf(Gen.Elements("a", "b", "c", "weird name").SelectMany(name => Place(size / 3).SelectMany(place => Gen.Elements(0, 1, 2).Select(there => (name, place, there)))), 4)
            .Select(members => members.DistinctBy(member => member.name).ToArray())
            .SelectMany(members => Gen.Elements("", ",\"additionalProperties\":false", ",\"additionalProperties\":true").Select(rest => (
                $$"""{"type":"object","properties":{{{string.Join(',', members.Select(m => $"\"{m.name}\":{m.place.Schema}"))}}},"required":[{{string.Join(',', members.Where(m => m.there == 2).Select(m => $"\"{m.name}\""))}}]{{rest}}}""",
                $"{{{string.Join(',', members.Where(m => m.there > 0).Select(m => $"\"{m.name}\":{m.place.Value}"))}}}")));

    private static Gen<(string Schema, string Value)> Place(int size)
    {
        var plain = Gen.Elements<(string Schema, string Value)>(
            ("""{"type":"string"}""", "\"text\""), ("""{"type":"integer"}""", "3"), ("""{"type":"integer"}""", "3.0"), ("""{"type":"number"}""", "1"), ("""{"type":"number"}""", "1.25"),
            ("""{"type":"boolean"}""", "true"), ("{}", "1.5"), ("true", "[1,\"a\"]"), ("""{"enum":["a","b"]}""", "\"a\""), ("""{"enum":["a",1]}""", "1"), ("""{"type":["string","null"]}""", "\"x\""),
            ("""{"type":["string","number"]}""", "2"), ("""{"type":["integer","number"]}""", "2"), ("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "2"));
        if (size <= 1)
            return plain;
        var array = Gen.OneOf(plain, Place(size / 2)).SelectMany(item => Gen.Elements(0, 1, 3).Select(count => (Schema: $$"""{"type":"array","items":{{item.Schema}}}""", Value: $"[{string.Join(',', Enumerable.Repeat(item.Value, count))}]")));
        var wrapped = Place(size / 2).SelectMany(inner => Gen.Elements<(string Schema, string Value)>(
            ($$"""{"allOf":[{{inner.Schema}}]}""", inner.Value), ($$"""{"allOf":[true,{{inner.Schema}}],"description":"x"}""", inner.Value)));
        return Gen.OneOf(plain, array, wrapped, Object(size));
    }
}
