using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Schemas;

namespace Writ.Governance.Tests.Schemas;

public sealed class ArgumentValueTests
{
    private const long Unit = 10_000;

    [Fact]
    public void Each_kind_of_JSON_value_has_its_Cedar_value()
    {
        var record = Record("{'s':'a','b':true,'i':-7,'f':1.25,'l':[2,1,2],'o':{'x':{'y':1}},'e':{},'n':[]}");

        Assert.Equal(
            RecordValue.Of(
                ("s", "a"), ("b", true), ("i", -7L), ("f", new DecimalValue(12_500)), ("l", SetValue.Of(1L, 2L)),
                ("o", RecordValue.Of(("x", RecordValue.Of(("y", 1L))))), ("e", RecordValue.Empty), ("n", SetValue.Empty)),
            record);
        Assert.False(record.HoldsPoison);
    }

    [Theory]
    [InlineData("{'type':'number'}", "5", 5 * Unit)]
    [InlineData("{'type':'number'}", "5.5", 55_000)]
    [InlineData("{'type':['integer','number']}", "5", 5 * Unit)]
    [InlineData("{'type':['number','null']}", "5", 5 * Unit)]
    [InlineData("{'$ref':'#/$defs/n'}", "5", 5 * Unit)]
    [InlineData("{'allOf':[{'$ref':'#/$defs/n'}]}", "5", 5 * Unit)]
    [InlineData("{'type':'number'}", "1e3", 1_000 * Unit)]
    [InlineData("{'type':'number'}", "-922337203685477.5808", long.MinValue)]
    [InlineData("{'type':'number'}", "922337203685477.5807", long.MaxValue)]
    [InlineData("{'type':'number'}", "0.00010000", 1)]
    [InlineData("{}", "5.5", 55_000)]
    [InlineData("{'anyOf':[{'type':'number'},{'type':'string'}]}", "5.5", 55_000)]
    public void A_number_is_a_decimal_where_the_schema_says_number_or_the_value_has_a_fraction(string type, string number, long tenThousandths) =>
        Assert.Equal(new DecimalValue(tenThousandths), Typed(type, number));

    [Theory]
    [InlineData("{'type':'integer'}", "5", 5)]
    [InlineData("{'type':'integer'}", "5.0", 5)]
    [InlineData("{'type':'integer'}", "5e2", 500)]
    [InlineData("{'allOf':[{'type':'number'},{'type':'integer'}]}", "5", 5)]
    [InlineData("{}", "5", 5)]
    [InlineData("{}", "5.0", 5)]
    [InlineData("true", "5", 5)]
    [InlineData("{'anyOf':[{'type':'number'},{'type':'string'}]}", "5", 5)]
    [InlineData("{'oneOf':[{'type':'number'}]}", "5", 5)]
    [InlineData("{}", "-9223372036854775808", long.MinValue)]
    [InlineData("{}", "9223372036854775807", long.MaxValue)]
    public void A_number_is_a_long_where_the_schema_says_integer_or_the_value_is_whole(string type, string number, long integer) =>
        Assert.Equal(new LongValue(integer), Typed(type, number));

    [Fact]
    public void The_schema_speaks_of_members_and_items_wherever_they_are_described()
    {
        const string Schema = """
            {'properties':{'items':{'items':{'type':'number'}},'pair':{'prefixItems':[{'type':'integer'}],'items':{'type':'number'}},
            'tree':{'$ref':'#/$defs/tree'}},'patternProperties':{'^x-':{'type':'number'}},'additionalProperties':{'type':'number'},
            '$defs':{'tree':{'properties':{'size':{'type':'number'},'child':{'$ref':'#/$defs/tree'}}}}}
            """;

        Assert.Equal(
            RecordValue.Of(
                ("items", SetValue.Of(Decimal(1), Decimal(2))), ("pair", SetValue.Of(1L, Decimal(1))), ("x-a", Decimal(3)), ("other", Decimal(4)),
                ("tree", RecordValue.Of(("size", Decimal(5)), ("count", 6L), ("child", RecordValue.Of(("size", Decimal(7))))))),
            Record("{'items':[1,2],'pair':[1,1],'x-a':3,'other':4,'tree':{'size':5,'count':6,'child':{'size':7}}}", Schema));
    }

    [Theory]
    [InlineData("{}", "null", "null")]
    [InlineData("{}", "9223372036854775808", "64 bits")]
    [InlineData("{}", "1e400", "64 bits")]
    [InlineData("{}", "1e999999999", "range")]
    [InlineData("{}", "1.23456", "four digits")]
    [InlineData("{'type':'number'}", "922337203685477.5808", "range of decimal")]
    [InlineData("{'type':'number'}", "0.00001", "four digits")]
    [InlineData("{'type':'integer'}", "1.5", "fraction")]
    [InlineData("{}", "'\\ud800'", "Unicode")]
    [InlineData("{}", "{'\\ud800':1}", "Unicode")]
    public void T88_what_cannot_be_represented_is_poison_in_its_place_and_nothing_else_is(string type, string value, string reason)
    {
        var record = Record($"{{'v':{value},'other':1}}", $"{{'properties':{{'v':{type}}}}}");

        Assert.Equal(["other", "v"], record.Names);
        Assert.True(record.TryGet("v", out var poison));
        Assert.Contains(reason, Assert.IsType<PoisonValue>(poison).Reason, StringComparison.Ordinal);
        Assert.True(record.TryGet("other", out var sound));
        Assert.Equal(new LongValue(1), sound);
    }

    [Fact]
    public void T88_a_poisoned_element_stays_in_its_set_and_a_poisoned_member_in_its_record()
    {
        var record = Record("{'list':[1,null],'deep':{'a':{'b':null,'c':1}},'sound':[1]}");

        Assert.True(Get<SetValue>(record, "list").HoldsPoison);
        Assert.Equal(2, Get<SetValue>(record, "list").Elements.Length);
        Assert.Equal(new LongValue(1), Get<LongValue>(Get<RecordValue>(Get<RecordValue>(record, "deep"), "a"), "c"));
        Assert.IsType<PoisonValue>(Get<PoisonValue>(Get<RecordValue>(Get<RecordValue>(record, "deep"), "a"), "b"));
        Assert.False(Get<SetValue>(record, "sound").HoldsPoison);
    }

    [Fact]
    public void T88_too_deep_or_too_many_is_poison_where_it_begins()
    {
        var sixteen = string.Concat(Enumerable.Repeat("{'a':", 16)) + "1" + new string('}', 16);
        var seventeen = string.Concat(Enumerable.Repeat("{'a':", 17)) + "1" + new string('}', 17);
        Assert.False(Record(sixteen).HoldsPoison);
        var at = Record(seventeen);
        for (var level = 1; level < 16; level++)
            at = Get<RecordValue>(at, "a");
        Assert.Contains("deeper than 16", Get<PoisonValue>(at, "a").Reason, StringComparison.Ordinal);

        string Many(int count) => $"{{'a':[{string.Join(',', Enumerable.Repeat("1", count))}],'b':1}}";
        Assert.False(Record(Many(10_000)).HoldsPoison);
        Assert.IsType<PoisonValue>(Get<PoisonValue>(Record(Many(10_001)), "a"));
        Assert.IsType<LongValue>(Get<LongValue>(Record(Many(10_001)), "b"));

        var all = string.Join(',', Enumerable.Range(0, 12).Select(i => $"'k{i:D2}':[{string.Join(',', Enumerable.Range(0, 9_000))}]"));
        var record = Record($"{{{all}}}");
        Assert.Equal(12, record.Count);
        Assert.False(Get<SetValue>(record, "k00").HoldsPoison);
        Assert.True(Get<SetValue>(record, "k11").HoldsPoison);
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":2,\"b\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":1}")]
    [InlineData("{\"b\":1,\"\\u0062\":1,\"c\":1}")]
    public void T88_a_member_named_twice_is_found_in_any_spelling_and_also_where_names_stand_in_order(string json) =>
        Assert.True(ArgumentValues.Of(JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = true }), null).HoldsPoison);

    [Fact]
    public void T88_a_member_named_twice_is_poison_whichever_value_comes_last()
    {
        Assert.IsType<PoisonValue>(Get<PoisonValue>(Record("{'a':1,'\\u0061':2,'b':3}"), "a"));
        Assert.IsType<PoisonValue>(Get<PoisonValue>(Record("{'a':1,'a':1,'a':1}"), "a"));
    }

    [Theory]
    [InlineData("{'__entity':{'type':'Writ::Person','id':'ceo'}}", "__entity")]
    [InlineData("{'__extn':{'fn':'decimal','arg':'1.0'}}", "__extn")]
    [InlineData("{'fn':'ip','arg':'127.0.0.1'}", "fn")]
    [InlineData("{'__expr':'Writ::Person::\\u0022ceo\\u0022'}", "__expr")]
    [InlineData("{'type':'Writ::Person','id':'ceo'}", "id")]
    public void T07_an_argument_shaped_like_an_entity_or_an_extension_stays_a_record(string value, string name)
    {
        var inside = Get<RecordValue>(Record($"{{'who':{value},'list':[{value}]}}"), "who");

        Assert.Contains(name, inside.Names);
        Assert.Equal(inside, Assert.Single(Get<SetValue>(Record($"{{'list':[{value}]}}"), "list").Elements));
        Assert.Contains(name, Record(value).Names);
    }

    [Theory]
    [InlineData("principal")]
    [InlineData("context")]
    [InlineData("if")]
    [InlineData("")]
    [InlineData("approved")]
    [InlineData("__proto__")]
    [InlineData("a b.c/\\u0000")]
    public void T07_any_name_is_a_plain_name(string name) =>
        Assert.Equal(new LongValue(1), Record($"{{'{name}':1}}").Attributes.Single().Value);

    [Fact]
    public void No_arguments_are_an_empty_record_and_arguments_of_another_kind_are_poison()
    {
        Assert.Equal(RecordValue.Empty, ArgumentValues.Of(default, null));
        foreach (var other in (string[])["null", "[]", "1", "'a'", "true"])
            Assert.IsType<PoisonValue>(ArgumentValues.Of(SchemaText.Json(other), null));
    }

    [Fact]
    public void T85_a_schema_that_doubles_its_work_leaves_poison_and_returns()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 1_900).Select(i => $"'d{i}':{{'$ref':'#/$defs/d{i + 1}'}}"));
        var properties = $"'patternProperties':{{'(?:[ab]*a[ab]{{0,1500}})!$':{{'type':'number'}}}},'additionalProperties':{{'$ref':'#/$defs/d0'}}";
        var schema = SchemaText.Compiled($"{{{properties},'$defs':{{{definitions},'d1900':{{'type':'number'}}}}}}");
        var name = new string('a', 60_000);
        var record = Assert.IsType<RecordValue>(ArgumentValues.Of(SchemaText.Json($"{{'x':1,'{name}':2,'y':3}}"), schema));

        Assert.Equal(Decimal(1), Get<DecimalValue>(record, "x"));
        Assert.IsType<PoisonValue>(Get<PoisonValue>(record, name));
        Assert.IsType<PoisonValue>(Get<PoisonValue>(record, "y"));
    }

    private static RecordValue Record(string arguments, string schema = "true") =>
        Assert.IsType<RecordValue>(ArgumentValues.Of(SchemaText.Json(arguments), SchemaText.Compiled(schema)));

    private static Value Typed(string type, string value) =>
        Get<Value>(Record($"{{'v':{value}}}", $"{{'properties':{{'v':{type}}},'$defs':{{'n':{{'type':'number'}}}}}}"), "v");

    private static T Get<T>(RecordValue record, string name) where T : Value =>
        record.TryGet(name, out var value) ? Assert.IsAssignableFrom<T>(value) : throw new InvalidOperationException($"no {name}");

    private static DecimalValue Decimal(long whole) => new(whole * Unit);
}
