using System.Text;
using System.Text.Json;
using Writ.Governance.Schemas;

namespace Writ.Governance.Tests.Schemas;

public sealed class RefusedSchemaTests
{
    [Theory]
    [InlineData("{'$ref':'https://example.com/schema.json'}", "")]
    [InlineData("{'$ref':'file:///etc/passwd'}", "")]
    [InlineData("{'$ref':'other.json#/a'}", "")]
    [InlineData("{'properties':{'a':{'$ref':'//example.com/x'}}}", "/properties/a")]
    [InlineData("{'$id':'https://example.com/a','$ref':'https://example.com/b'}", "")]
    [InlineData("{'items':{'$dynamicRef':'#a'}}", "/items/$dynamicRef")]
    [InlineData("{'items':{'$recursiveRef':'#'}}", "/items/$recursiveRef")]
    [InlineData("{'$schema':'https://example.com/my-own-dialect'}", "/$schema")]
    [InlineData("{'$schema':'http://json-schema.org/draft-04/schema#'}", "/$schema")]
    [InlineData("{'$schema':7}", "/$schema")]
    public void T85_a_reference_that_leaves_the_document_is_refused(string schema, string pointer) =>
        Assert.Equal(pointer, SchemaText.Refused(schema).JsonPointer);

    [Theory]
    [InlineData("{'$ref':'#'}")]
    [InlineData("{'allOf':[{'$ref':'#'}]}")]
    [InlineData("{'not':{'$ref':'#'}}")]
    [InlineData("{'$ref':'#/$defs/a','$defs':{'a':{'anyOf':[{'$ref':'#/$defs/b'}]},'b':{'if':{'$ref':'#/$defs/a'}}}}")]
    [InlineData("{'dependentSchemas':{'a':{'$ref':'#'}}}")]
    [InlineData("{'$ref':'#a','$defs':{'x':{'$anchor':'a','oneOf':[{'$ref':'#a'}]}}}")]
    public void T85_a_schema_that_refers_to_itself_without_progress_is_refused(string schema) =>
        Assert.Contains("refers back to itself", SchemaText.Refused(schema).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("^(a)\\\\1$")]
    [InlineData("a(?=b)")]
    [InlineData("(?<!a)b")]
    [InlineData("^(?!a)b|c")]
    [InlineData("(?>a+)b")]
    [InlineData("(?i)a")]
    [InlineData("(?#a)b")]
    [InlineData("\\\\p{Script=Greek}")]
    [InlineData("\\\\p{Emoji}")]
    [InlineData("\\\\pL")]
    [InlineData("\\\\Aa\\\\Z")]
    [InlineData("[z-a]")]
    [InlineData("[a")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("{2}")]
    [InlineData("a{2,1}")]
    [InlineData("a{100001}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("a\\\\")]
    [InlineData("\\\\ud83d")]
    [InlineData("\\\\u{110000}")]
    [InlineData("\\\\xg1")]
    public void T85_a_pattern_without_a_bounded_and_exact_meaning_is_refused(string pattern)
    {
        Assert.Contains("pattern", SchemaText.Refused($"{{'pattern':'{pattern}'}}").Message, StringComparison.Ordinal);
        Assert.Contains("pattern", SchemaText.Refused($"{{'patternProperties':{{'{pattern}':true}}}}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void T85_a_schema_beyond_its_bounds_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{'not':", 40)) + "true" + new string('}', 40);
        var wide = "{'properties':{" + string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"'p{i}':true")) + "}}";
        var large = "{'description':'" + new string('x', 262_144) + "'}";
        var patterns = "{'allOf':[" + string.Join(',', Enumerable.Repeat("{'pattern':'^a{9000}$'}", 12)) + "]}";

        Assert.Contains("32 levels", SchemaText.Refused(deep).Message, StringComparison.Ordinal);
        Assert.Contains("2000 sub-schemas", SchemaText.Refused(wide).Message, StringComparison.Ordinal);
        Assert.Contains("262144 bytes", SchemaText.Refused(large).Message, StringComparison.Ordinal);
        Assert.Contains("100000 states", SchemaText.Refused(patterns).Message, StringComparison.Ordinal);

        Assert.NotNull(SchemaText.Compiled(deep, new InputSchemaLimits { MaxSchemaDepth = 40 }));
        Assert.NotNull(SchemaText.Compiled(wide, new InputSchemaLimits { MaxSubschemas = 2_001 }));
        Assert.NotNull(SchemaText.Compiled(large, new InputSchemaLimits { MaxSchemaBytes = 300_000 }));
        Assert.NotNull(SchemaText.Compiled(patterns, new InputSchemaLimits { MaxPatternStates = 120_000 }));
    }

    [Fact]
    public void Limits_outside_their_ceilings_cannot_be_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputSchemaLimits { MaxSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputSchemaLimits { MaxSchemaDepth = 129 });
    }

    [Theory]
    [InlineData("{'$ref':'#/$defs/none'}", "")]
    [InlineData("{'$ref':'#none'}", "")]
    [InlineData("{'$ref':'#/$defs/a','$defs':{'a':1}}", "/$defs/a")]
    [InlineData("{'$ref':'#/items/01','items':[true,true]}", "")]
    [InlineData("{'$ref':1}", "/$ref")]
    [InlineData("{'$defs':{'a':{'$anchor':'x'},'b':{'$anchor':'x'}}}", "/$defs/b")]
    [InlineData("{'properties':{'a':{'$id':'https://example.com/a'}}}", "/properties/a")]
    [InlineData("{'properties':{'a':{'$schema':'http://json-schema.org/draft-04/schema#'}}}", "/properties/a")]
    [InlineData("{'type':'strnig'}", "/type")]
    [InlineData("{'type':[]}", "/type")]
    [InlineData("{'type':['string','string']}", "/type/1")]
    [InlineData("{'type':{}}", "/type")]
    [InlineData("{'enum':'a'}", "/enum")]
    [InlineData("{'required':true}", "/required")]
    [InlineData("{'required':['a',1]}", "/required/1")]
    [InlineData("{'minimum':'1'}", "/minimum")]
    [InlineData("{'exclusiveMinimum':true}", "/exclusiveMinimum")]
    [InlineData("{'maxLength':-1}", "/maxLength")]
    [InlineData("{'maxLength':1.5}", "/maxLength")]
    [InlineData("{'multipleOf':0}", "")]
    [InlineData("{'uniqueItems':'true'}", "/uniqueItems")]
    [InlineData("{'pattern':1}", "/pattern")]
    [InlineData("{'properties':[]}", "/properties")]
    [InlineData("{'properties':{'a':null}}", "/properties/a")]
    [InlineData("{'additionalProperties':'no'}", "/additionalProperties")]
    [InlineData("{'allOf':[]}", "/allOf")]
    [InlineData("{'allOf':{}}", "/allOf")]
    [InlineData("{'then':1}", "/then")]
    [InlineData("{'$defs':{'a':{'type':7}}}", "/$defs/a/type")]
    [InlineData("{'dependentRequired':{'a':'b'}}", "/dependentRequired/a")]
    [InlineData("{'disallow':'string'}", "/disallow")]
    [InlineData("[]", "")]
    [InlineData("'string'", "")]
    [InlineData("{'type':'object','type':'string'}", "")]
    [InlineData("{'const':'\\ud800'}", "/const")]
    [InlineData("{'$schema':'http://json-schema.org/draft-07/schema#','prefixItems':[true]}", "/prefixItems")]
    [InlineData("{'$schema':'https://json-schema.org/draft/2020-12/schema','additionalItems':false}", "/additionalItems")]
    [InlineData("{'$schema':'https://json-schema.org/draft/2020-12/schema','items':[true]}", "/items")]
    public void A_schema_that_cannot_be_enforced_as_written_is_refused_where_it_is_wrong(string schema, string pointer) =>
        Assert.Equal(pointer, SchemaText.Refused(schema).JsonPointer);

    [Fact]
    public void An_unknown_keyword_is_an_annotation() =>
        Assert.NotNull(SchemaText.Compiled("{'x-vendor':{'type':7},'example':1,'markdownDescription':'a'}"));

    [Fact]
    public void A_value_that_is_no_JSON_at_all_is_refused_not_thrown()
    {
        Assert.IsType<SchemaCompilation.Refused>(InputSchema.Compile(default));
        Assert.NotNull(SchemaText.Compiled("true").Validate(default));
        var notUtf8 = JsonDocument.Parse((byte[])[.. "{\"const\":\""u8, 0xFF, .. "\"}"u8]).RootElement;
        Assert.IsType<SchemaCompilation.Refused>(InputSchema.Compile(notUtf8));
    }

    [Fact]
    public void A_refusal_shows_nothing_that_moves_the_cursor_or_hides()
    {
        var name = new string('a', 100) + "\\u001b[31m\\u202e";
        var refused = SchemaText.Refused($"{{'properties':{{'{name}':{{'required':['\\u0007','\\u0007']}}}}}}");

        Assert.Equal("/properties", refused.JsonPointer);
        Assert.True(refused.Message.Length < 200);
        Assert.DoesNotContain(refused.Message.EnumerateRunes(), rune => Rune.IsControl(rune));
    }
}
