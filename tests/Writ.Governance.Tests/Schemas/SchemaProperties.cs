using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Writ.Cedar.Values;
using Writ.Governance.Schemas;
using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Tests.Schemas;

public sealed class SchemaProperties
{
    private static readonly string[] Names =
    [
        "type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
        "maxProperties", "dependentRequired", "dependentSchemas", "dependencies", "items", "prefixItems", "additionalItems", "contains",
        "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "multipleOf",
        "minLength", "maxLength", "pattern", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "$defs", "definitions",
        "$anchor", "$id", "$schema", "$dynamicRef", "unevaluatedProperties", "unevaluatedItems", "a", "b",
    ];

    private static readonly string[] Texts =
    [
        "\"a\"", "\"b\"", "\"object\"", "\"array\"", "\"string\"", "\"integer\"", "\"number\"", "\"#\"", "\"#/$defs/a\"", "\"#a\"", "\"#/properties/a\"",
        "\"^a\"", "\"(\"", "\"^(?!a)b*$\"", "\"[^a]{2,}\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\u0000\"", "\"http://json-schema.org/draft-07/schema#\"",
        "0", "1", "2.50", "-1e2", "1e-3", "9007199254740993", "1e99999", "true", "false", "null",
    ];

    private static readonly Gen<string> Json = Gen.Sized(Value);

    [Fact]
    public void A_random_schema_on_a_random_instance_never_throws_and_always_answers_the_same() =>
        Prop.ForAll(Json.ToArbitrary(), Json.ToArbitrary(), (schema, instance) =>
        {
            using var schemaDocument = JsonDocument.Parse(schema);
            using var instanceDocument = JsonDocument.Parse(instance);
            var first = InputSchema.Compile(schemaDocument.RootElement);
            var second = InputSchema.Compile(schemaDocument.RootElement);
            if (first is SchemaCompilation.Compiled one && second is SchemaCompilation.Compiled two)
                return one.Schema.Validate(instanceDocument.RootElement) == two.Schema.Validate(instanceDocument.RootElement);
            return Equals(first, second);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60));

    [Fact]
    public void T88_every_argument_keeps_its_name_whatever_the_schema_and_the_value_are() =>
        Prop.ForAll(Json.ToArbitrary(), Json.ToArbitrary(), (schema, value) =>
        {
            using var schemaDocument = JsonDocument.Parse(schema);
            using var arguments = JsonDocument.Parse($"{{\"a\":{value},\"b\":[{value},1]}}");
            var compiled = (InputSchema.Compile(schemaDocument.RootElement) as SchemaCompilation.Compiled)?.Schema;
            var first = ArgumentValues.Of(arguments.RootElement, compiled);
            return first is RecordValue { Names: ["a", "b"] } && first.ToString() == ArgumentValues.Of(arguments.RootElement, compiled).ToString();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60));

    [Fact]
    public void A_random_pattern_is_compiled_or_refused_and_never_throws() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements("a", "-", "]", "[", "[^", "^", "$", "(", "(?:", "(?=", "(?!", ")", "|", "*", "+?", "{2}", "{1,3}", "{", "\\", "\\d", "\\S", "\\b", "\\B", "\\p{L}", "\\P{Nd}", "\\u{1F600}", "\\ud83d", ".", "😀")).ToArbitrary(), parts =>
        {
            var pattern = string.Concat(parts);
            var compiled = SchemaPattern.Compile(pattern, out var problem);
            compiled?.Occurs("a😀-b", new Evaluation(10_000));
            return compiled is null != problem is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void The_automaton_of_a_random_pattern_matches_what_the_pattern_means() =>
        Prop.ForAll(Gen.Sized(Guarded).ToArbitrary(), Gen.ListOf(Gen.Elements('a', 'b', 'c', ' ')).ToArbitrary(), (pattern, units) =>
        {
            var text = string.Concat(units.Take(12));
            var run = new Evaluation(1_000_000);
            return SchemaPattern.Compile(pattern, out _)!.Occurs(text, run) == PatternMeaning.Occurs(pattern, text) && !run.Exhausted;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(20));

    private static Gen<string> Pattern(int size)
    {
        var atom = Gen.Elements("a", "b", "[ab]", "[^a]", ".", "^", "$", @"\b", @"\B", "", "(?:|c)");
        if (size <= 1)
            return atom;
        var part = Pattern(size / 2);
        var repeated = part.SelectMany(body => Gen.Elements("*", "+", "?", "{2}", "{0,2}", "{1,}", "*?").Select(count => $"(?:{body}){count}"));
        var pair = part.SelectMany(left => part.SelectMany(right => Gen.Elements("", "|").Select(between => $"(?:{left}{between}{right})")));
        return Gen.OneOf(repeated, pair);
    }

    private static Gen<string> Guarded(int size)
    {
        var part = Pattern(size / 2);
        return Gen.OneOf(
            Pattern(size),
            part.SelectMany(guard => part.SelectMany(rest => Gen.Elements("=", "!").Select(sign => $"^(?{sign}{guard})(?:{rest})"))));
    }

    private static Gen<string> Value(int size)
    {
        var scalar = Gen.Elements(Texts);
        if (size <= 1)
            return scalar;
        var part = Value(size / 3);
        var array = Gen.ListOf(part, 3).Select(items => $"[{string.Join(',', items)}]");
        var members = Gen.ListOf(Gen.Elements(Names).SelectMany(name => part.Select(value => (name, value))), 4)
            .Select(pairs => $"{{{string.Join(',', pairs.DistinctBy(p => p.name).Select(p => $"\"{p.name}\":{p.value}"))}}}");
        return Gen.Frequency((2, scalar), (2, array), (8, members));
    }
}
