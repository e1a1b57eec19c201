using System.Text;
using System.Text.Json;
using Writ.Governance.Schemas;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Tests.Schemas;

public sealed class HostileInstanceTests
{
    [Fact]
    public void T85_references_that_double_the_work_at_each_step_end_as_a_violation()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 40)
            .Select(i => $"'d{i}':{{'allOf':[{{'$ref':'#/$defs/d{i + 1}'}},{{'$ref':'#/$defs/d{i + 1}'}}]}}"));
        var schema = $"{{'$ref':'#/$defs/d0','$defs':{{{definitions},'d40':true}}}}";

        Assert.Contains("too complex", SchemaText.Violation(schema, "1")?.Message, StringComparison.Ordinal);
        Assert.Contains("too complex", SchemaText.Violation(schema.Replace("allOf", "anyOf").Replace("'d40':true", "'d40':false"), "1")?.Message, StringComparison.Ordinal);
        Assert.Contains("too complex", SchemaText.Violation($"{{'not':{schema}}}".Replace("#/", "#/not/"), "1")?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void T85_a_long_chain_of_references_ends_as_a_violation_not_as_a_lost_process()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 1_900).Select(i => $"'d{i}':{{'$ref':'#/$defs/d{i + 1}'}}"));
        var schema = $"{{'$ref':'#/$defs/d0','$defs':{{{definitions},'d1900':true}}}}";

        Assert.Contains("too complex", SchemaText.Violation(schema, "1")?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'const':[#]}", "[#]", "1,2,3", 200)]
    [InlineData("{'uniqueItems':true}", "[#]", "1,2,3", 200)]
    [InlineData("{'multipleOf':#}", "#", "33333", 200)]
    [InlineData("{'maxProperties':1,'properties':{}}", "{'#':1}", "aaaaa", 2_000)]
    [InlineData("{'required':['#']}", "{'#':1}", "aaaaa", 2_000)]
    [InlineData("{'pattern':'^(?:a|aa)*$'}", "'#'", "aaaaa", 2_000)]
    public void T85_what_takes_long_costs_more_than_a_step(string schema, string instance, string unit, int many)
    {
        Assert.False(IsTooComplex(1));
        Assert.True(IsTooComplex(many));

        // One value, validated 900 times over.
        bool IsTooComplex(int units)
        {
            var filler = unit.Contains(',') ? string.Join(',', Enumerable.Range(0, 3 * units)) : string.Concat(Enumerable.Repeat(unit, units));
            var again = string.Join(',', Enumerable.Repeat("{'$ref':'#/$defs/a'}", 900));
            var violation = SchemaText.Violation($"{{'allOf':[{again}],'$defs':{{'a':{schema.Replace("#", filler)}}}}}", instance.Replace("#", filler));
            return violation?.Message.StartsWith("too complex") ?? false;
        }
    }

    [Fact]
    public void T85_numbers_made_to_collide_are_told_apart_as_fast_as_others()
    {
        var hashes = Enumerable.Range(1, 4_000).Select(e =>
        {
            var digits = (4_242_424_242L - (e * 1_521_134_295L)) & 0xFFFF;
            Assert.True(ExactNumber.TryParse($"{digits}1e{e}", out var number));
            return number.GetHashCode();
        });

        Assert.InRange(hashes.Distinct().Count(), 3_900, 4_000);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("^(a|a?)+$")]
    [InlineData("(.*a){20}$")]
    public void T85_a_catastrophic_pattern_meets_its_worst_text(string pattern) =>
        Assert.NotNull(SchemaText.Violation($"{{'pattern':'{pattern}'}}", $"'{new string('a', 20_000)}!'"));

    [Fact]
    public void T85_a_large_pattern_on_a_long_text_costs_more_than_one_step()
    {
        var schema = SchemaText.Compiled("{'pattern':'(?:[ab]*a[ab]{0,1500})$'}");

        Assert.Null(schema.Validate(SchemaText.Json("'bab'")));
        Assert.Contains("too complex", schema.Validate(SchemaText.Json($"'{new string('a', 20_000)}!'"))?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'a':1,'a':2}", "")]
    [InlineData("{'b':[{'a':1,'\\u0061':2}]}", "/b/0")]
    [InlineData("['\\ud800']", "/0")]
    [InlineData("{'\\udc00':1}", "")]
    [InlineData("[1e5000]", "/0")]
    [InlineData("[1e-999999999999]", "/0")]
    public void An_instance_that_two_readers_could_read_differently_is_a_violation(string instance, string pointer)
    {
        var violation = SchemaText.Violation("true", instance);

        Assert.Equal("instance", violation?.Keyword);
        Assert.Equal(pointer, violation?.InstancePointer);
    }

    [Fact]
    public void An_instance_too_deep_too_large_or_with_an_endless_number_is_a_violation()
    {
        Assert.NotNull(SchemaText.Violation("true", new string('[', 65) + new string(']', 65)));
        Assert.Null(SchemaText.Violation("true", new string('[', 64) + new string(']', 64)));
        Assert.NotNull(SchemaText.Violation("true", "[" + string.Join(',', Enumerable.Repeat("0", 100_000)) + "]"));
        Assert.Null(SchemaText.Violation("true", "[" + string.Join(',', Enumerable.Repeat("0", 99_999)) + "]"));
        Assert.NotNull(SchemaText.Violation("true", new string('7', 1_025)));
        Assert.Null(SchemaText.Violation("true", new string('7', 1_024)));
    }

    [Fact]
    public void Numbers_are_compared_as_written()
    {
        const string Digits = "123456789012345678901234567890";
        Assert.Null(SchemaText.Violation($"{{'const':{Digits}}}", $"{Digits}.000"));
        Assert.NotNull(SchemaText.Violation($"{{'const':{Digits}}}", $"{Digits[..^1]}1"));
        Assert.Null(SchemaText.Violation("{'const':100}", "1E+2"));
        Assert.Null(SchemaText.Violation("{'const':0}", "-0.0e7"));
    }

    [Fact]
    public void A_violation_holds_no_value_and_no_name_that_is_long_or_moves_the_cursor()
    {
        var value = SchemaText.Violation("{'properties':{'pin':{'type':'integer'}}}", "{'pin':'secret-4711'}");
        Assert.Equal("/pin", value?.InstancePointer);
        Assert.DoesNotContain("4711", value?.ToString(), StringComparison.Ordinal);

        var name = "\\u001b[2J\\u202e" + new string('x', 200);
        var violation = SchemaText.Violation("{'additionalProperties':false}", $"{{'{name}':1}}")!;
        Assert.True(violation.Message.Length < 200);
        Assert.DoesNotContain(violation.Message.EnumerateRunes(), rune => Rune.IsControl(rune) || rune.Value == 0x202E);

        Assert.Equal("/a", SchemaText.Violation("{'additionalProperties':{'additionalProperties':{'type':'null'}}}", $"{{'a':{{'{name}':1}}}}")?.InstancePointer);
    }

    [Fact]
    public void Of_several_alternatives_the_one_that_got_furthest_is_reported()
    {
        const string Schema = "{'anyOf':[{'type':'string'},{'type':'object','properties':{'to':{'items':{'type':'string'}}}}]}";

        Assert.Equal(("/to/1", "type"), SchemaText.Violation(Schema, "{'to':['a',1]}") is { } furthest ? (furthest.InstancePointer, furthest.Keyword) : default);
        Assert.Equal("anyOf", SchemaText.Violation(Schema, "1")?.Keyword);
    }

    [Fact]
    public void A_schema_outlives_the_document_it_was_compiled_from()
    {
        InputSchema schema;
        using (var document = JsonDocument.Parse("""{"enum":["a"],"pattern":"^a$"}"""))
            schema = ((SchemaCompilation.Compiled)InputSchema.Compile(document.RootElement)).Schema;

        Assert.Null(schema.Validate(SchemaText.Json("'a'")));
        Assert.NotNull(schema.Validate(SchemaText.Json("'b'")));
    }

    [Fact]
    public void Many_threads_may_validate_with_one_schema()
    {
        var schema = SchemaText.Compiled("{'type':'object','patternProperties':{'^a+$':{'type':'integer'}},'unevaluatedProperties':false}");
        var valid = SchemaText.Json("{'a':1,'aa':2}");
        var invalid = SchemaText.Json("{'a':1,'b':2}");

        Parallel.For(0, 2_000, _ =>
        {
            Assert.Null(schema.Validate(valid));
            Assert.NotNull(schema.Validate(invalid));
        });
    }
}
