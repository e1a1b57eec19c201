namespace Writ.Governance.Tests.Schemas;

public sealed class KeywordTests
{
    [Theory]
    [InlineData("{'type':'integer'}", "1.0", "1.5", "type")]
    [InlineData("{'type':'integer'}", "1e3", "1e-3", "type")]
    [InlineData("{'type':['string','null']}", "null", "false", "type")]
    [InlineData("{'type':'number'}", "1", "'1'", "type")]
    [InlineData("{'enum':[1,{'a':[1]},'x']}", "{'a':[1.0]}", "{'a':[1,1]}", "enum")]
    [InlineData("{'const':{'a':1,'b':2}}", "{'b':2,'a':1}", "{'a':1}", "const")]
    [InlineData("{'minimum':-9223372036854775809}", "-9223372036854775809", "-9223372036854775810", "minimum")]
    [InlineData("{'maximum':9007199254740993}", "9007199254740993", "9007199254740994", "maximum")]
    [InlineData("{'exclusiveMinimum':0.1}", "0.10000000000000000000000001", "0.1", "exclusiveMinimum")]
    [InlineData("{'exclusiveMaximum':1e20}", "99999999999999999999", "100000000000000000000", "exclusiveMaximum")]
    [InlineData("{'multipleOf':0.01}", "4.35", "4.351", "multipleOf")]
    [InlineData("{'multipleOf':3}", "3e300", "1e300", "multipleOf")]
    [InlineData("{'minLength':2}", "'ab'", "'\\ud83d\\ude00'", "minLength")]
    [InlineData("{'maxLength':1}", "'\\ud83d\\ude00'", "'ab'", "maxLength")]
    [InlineData("{'pattern':'^a+$'}", "'aa'", "'aa\\n'", "pattern")]
    [InlineData("{'minItems':1}", "[0]", "[]", "minItems")]
    [InlineData("{'maxItems':1}", "[0]", "[0,1]", "maxItems")]
    [InlineData("{'uniqueItems':true}", "[1,true,'1',[1],{'a':1}]", "[{'a':1,'b':2},{'b':2,'a':1.0}]", "uniqueItems")]
    [InlineData("{'minProperties':1}", "{'a':0}", "{}", "minProperties")]
    [InlineData("{'maxProperties':1}", "{'a':0}", "{'a':0,'b':0}", "maxProperties")]
    [InlineData("{'required':['a']}", "{'a':null}", "{'A':1}", "required")]
    [InlineData("{'properties':{'a':{'type':'string'}}}", "{'a':'','b':1}", "{'a':1}", "type")]
    [InlineData("{'properties':{'a':true},'additionalProperties':false}", "{'a':1}", "{'a':1,'b':1}", "additionalProperties")]
    [InlineData("{'patternProperties':{'^x-':{'type':'null'}}}", "{'x-a':null,'y':1}", "{'x-a':1}", "type")]
    [InlineData("{'propertyNames':{'maxLength':1}}", "{'a':1}", "{'ab':1}", "propertyNames")]
    [InlineData("{'dependentRequired':{'a':['b']}}", "{'a':1,'b':1}", "{'a':1}", "dependentRequired")]
    [InlineData("{'dependentSchemas':{'a':{'required':['b']}}}", "{'b':1}", "{'a':1}", "required")]
    [InlineData("{'dependencies':{'a':['b'],'c':{'required':['d']}}}", "{'a':1,'b':1,'c':1,'d':1}", "{'c':1}", "required")]
    [InlineData("{'items':{'type':'integer'}}", "[1,2]", "[1,'2']", "type")]
    [InlineData("{'prefixItems':[{'type':'integer'}],'items':false}", "[1]", "[1,2]", "items")]
    [InlineData("{'items':[{'type':'integer'}],'additionalItems':false}", "[1]", "[1,2]", "additionalItems")]
    [InlineData("{'contains':{'type':'integer'}}", "['a',1]", "['a']", "contains")]
    [InlineData("{'contains':{'type':'integer'},'minContains':2}", "[1,2]", "[1]", "minContains")]
    [InlineData("{'contains':{'type':'integer'},'maxContains':1}", "[1,'a']", "[1,2]", "maxContains")]
    [InlineData("{'allOf':[{'minimum':1},{'maximum':2}]}", "2", "3", "maximum")]
    [InlineData("{'anyOf':[{'type':'string'},{'minimum':2}]}", "2", "1", "anyOf")]
    [InlineData("{'oneOf':[{'type':'integer'},{'minimum':2}]}", "1", "3", "oneOf")]
    [InlineData("{'not':{'type':'string'}}", "1", "'a'", "not")]
    [InlineData("{'if':{'type':'string'},'then':{'maxLength':1},'else':{'maximum':1}}", "'a'", "'ab'", "maxLength")]
    [InlineData("{'if':{'type':'string'},'then':{'maxLength':1},'else':{'maximum':1}}", "1", "2", "maximum")]
    [InlineData("{'$ref':'#/$defs/a','$defs':{'a':{'type':'string'}}}", "'a'", "1", "type")]
    [InlineData("{'$ref':'#here','$defs':{'a':{'$anchor':'here','type':'string'}}}", "'a'", "1", "type")]
    [InlineData("{'$ref':'#/$defs/a~1b%25','$defs':{'a/b%':{'type':'string'}}}", "'a'", "1", "type")]
    [InlineData("{'properties':{'a':true},'allOf':[{'properties':{'b':true}}],'unevaluatedProperties':false}", "{'a':1,'b':1}", "{'c':1}", "unevaluatedProperties")]
    [InlineData("{'anyOf':[{'prefixItems':[true]},{'prefixItems':[true,true]}],'unevaluatedItems':false}", "[1,2]", "[1,2,3]", "unevaluatedItems")]
    [InlineData("{'properties':{'child':{'$ref':'#'}},'additionalProperties':false}", "{'child':{'child':{}}}", "{'child':{'c':1}}", "additionalProperties")]
    [InlineData("{'type':'string','nullable':true}", "'a'", "null", "type")]
    public void A_keyword_accepts_and_rejects(string schema, string valid, string invalid, string keyword)
    {
        Assert.Null(SchemaText.Violation(schema, valid));
        Assert.Equal(keyword, SchemaText.Violation(schema, invalid)?.Keyword);
    }

    [Fact]
    public void The_schema_false_accepts_nothing_and_true_everything()
    {
        Assert.Null(SchemaText.Violation("true", "[1]"));
        Assert.NotNull(SchemaText.Violation("false", "null"));
    }

    [Fact]
    public void Format_is_an_annotation() =>
        Assert.Null(SchemaText.Violation("{'type':'string','format':'uri'}", "'not a uri'"));

    [Fact]
    public void In_draft_07_a_reference_stands_alone_and_in_2020_12_it_does_not()
    {
        const string Body = "'properties':{'a':{'$ref':'#/definitions/n','maximum':1}},'definitions':{'n':{'type':'integer'}}}";

        Assert.Null(SchemaText.Violation("{'$schema':'http://json-schema.org/draft-07/schema#'," + Body, "{'a':2}"));
        Assert.NotNull(SchemaText.Violation("{'$schema':'https://json-schema.org/draft/2020-12/schema'," + Body, "{'a':2}"));
        Assert.NotNull(SchemaText.Violation("{" + Body, "{'a':2}"));
    }
}
