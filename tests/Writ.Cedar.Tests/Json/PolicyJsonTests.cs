using Writ.Cedar.Json;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Tests.Json;

public sealed class PolicyJsonTests
{
    /// <summary>Expressions in Cedar's JSON form, as its documentation and other engines write them, and what they say.</summary>
    public static TheoryData<string, string> Expressions => new()
    {
        { """{"Value": -5}""", "-5" },
        { """{"Value": {"__entity": {"type": "T", "id": "a"}}}""", "T::\"a\"" },
        { """{"Value": [1, {"a": "b"}, {"__extn": {"fn": "ip", "arg": "::1"}}]}""", "[1, {a: \"b\"}, ip(\"::1\")]" },
        { """{"Var": "context"}""", "context" },
        { """{"!": {"arg": {"Value": true}}}""", "!true" },
        { """{"neg": {"arg": {"Value": 1}}}""", "-(1)" },
        { """{"-": {"left": {"Value": 1}, "right": {"Value": 2}}}""", "1 - 2" },
        { """{">=": {"left": {"Value": 1}, "right": {"Value": 2}}}""", "1 >= 2" },
        { """{"isEmpty": {"arg": {"Set": []}}}""", "[].isEmpty()" },
        { """{"containsAny": {"left": {"Set": [{"Value": 1}]}, "right": {"Set": []}}}""", "[1].containsAny([])" },
        { """{"getTag": {"left": {"Var": "principal"}, "right": {"Value": "t"}}}""", "principal.getTag(\"t\")" },
        { """{".": {"left": {"Var": "context"}, "attr": "a b"}}""", "context[\"a b\"]" },
        { """{"has": {"left": {"Var": "context"}, "attr": "in"}}""", "context has \"in\"" },
        { """{"has": {"left": {"Var": "context"}, "attr": ["a", "b"]}}""", "context has a.b" },
        { """{"has": {"left": {"Var": "context"}, "attr": ["a", "b c", "d"]}}""", "context has a && context.a has \"b c\" && context.a[\"b c\"] has d" },
        { """{"like": {"left": {"Value": "x"}, "pattern": ["Wildcard", {"Literal": "a"}, {"Literal": "*"}, "Wildcard"]}}""", "\"x\" like \"*a\\**\"" },
        { """{"is": {"left": {"Var": "principal"}, "entity_type": "N::T", "in": {"Var": "resource"}}}""", "principal is N::T in resource" },
        { """{"if-then-else": {"if": {"Value": true}, "then": {"Value": 1}, "else": {"Value": 2}}}""", "if true then 1 else 2" },
        { """{"Record": {"a": {"Value": 1}}}""", "{a: 1}" },
        { """{"decimal": [{"Value": "1.0"}]}""", "decimal(\"1.0\")" },
        { """{"lessThan": [{"decimal": [{"Value": "1.0"}]}, {"Var": "context"}]}""", "decimal(\"1.0\").lessThan(context)" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_is_read(string json, string expression)
    {
        Assert.True(PolicyJson.Read(Policy(json)).TryGet(out var body, out var problems), string.Join("; ", problems));
        Assert.Equal(expression, Assert.Single(body.Conditions).Body.ToString());
        Assert.Empty(RoundTrip.Failures(body));
    }

    [Theory]
    [InlineData("""{}""", "", "one name")]
    [InlineData("""{"Value": 1, "Var": "context"}""", "", "one name")]
    [InlineData("""{"Value": null}""", "/Value", "no null")]
    [InlineData("""{"Value": 1.5}""", "/Value", "integer")]
    [InlineData("""{"Var": "user"}""", "/Var", "the variables are")]
    [InlineData("""{"Slot": "?principal"}""", "/Slot", "scope of a template")]
    [InlineData("""{"===": {}}""", "/===", "no operator")]
    [InlineData("""{"==": {"left": {"Value": 1}}}""", "/==", "\"right\" is missing")]
    [InlineData("""{"==": {"left": {"Value": 1}, "right": {"Value": 1}, "middle": {}}}""", "/==/middle", "not known")]
    [InlineData("""{"Record": {"a": {"Value": 1}, "a": {"Value": 2}}}""", "/Record/a", "twice")]
    [InlineData("""{"has": {"left": {"Value": 1}, "attr": []}}""", "/has/attr", "at least one")]
    [InlineData("""{"like": {"left": {"Value": 1}, "pattern": ["Star"]}}""", "/like/pattern/0", "expected the operands")]
    [InlineData("""{"is": {"left": {"Value": 1}, "entity_type": "a b"}}""", "/is/entity_type", "not the name")]
    [InlineData("""{"lessThan": []}""", "/lessThan", "called on something")]
    [InlineData("""{"ip": {"Value": 1}}""", "/ip", "array of the arguments")]
    public void What_is_no_expression_is_refused_with_a_pointer(string json, string pointer, string message)
    {
        var diagnostic = Assert.Single(Assert.IsType<ParseResult<PolicyBody>.Failure>(PolicyJson.Read(Policy(json))).Diagnostics);
        Assert.Equal("/conditions/0/body" + pointer, diagnostic.Pointer);
        Assert.Contains(message, diagnostic.ToString());
    }

    [Theory]
    [InlineData("\"effect\": \"permit\"", "\"effect\": \"dney\"", "/effect", "\"permit\" or \"forbid\"")]
    [InlineData("\"effect\": \"permit\", ", "", "", "\"effect\" is missing")]
    [InlineData("\"effect\": \"permit\"", "\"effect\": \"permit\", \"prioritty\": 1", "/prioritty", "not known")]
    [InlineData("\"action\": {\"op\": \"All\"}", "\"action\": {\"op\": \"is\"}", "/action", "operators of an action's scope")]
    [InlineData("\"action\": {\"op\": \"All\"}", "\"action\": {\"op\": \"==\", \"entity\": {\"type\": \"T\", \"id\": \"a\"}}", "/action/entity", "last name is Action")]
    [InlineData("\"principal\": {\"op\": \"All\"}", "\"principal\": {\"op\": \"All\", \"entity\": {\"type\": \"T\", \"id\": \"a\"}}", "/principal/entity", "not known")]
    [InlineData("\"principal\": {\"op\": \"All\"}", "\"principal\": {\"op\": \"==\", \"slot\": \"?resource\"}", "/principal/slot", "?principal")]
    [InlineData("\"principal\": {\"op\": \"All\"}", "\"principal\": {\"op\": \"==\"}", "/principal", "either")]
    [InlineData("\"principal\": {\"op\": \"All\"}", "\"principal\": {}", "/principal", "\"op\" is missing")]
    [InlineData("\"kind\": \"when\"", "\"kind\": \"whenever\"", "/conditions/0/kind", "\"when\" or \"unless\"")]
    [InlineData("\"effect\": \"permit\"", "\"effect\": \"permit\", \"annotations\": {\"a b\": \"\"}", "/annotations/a b", "identifier")]
    public void T02_a_misspelt_policy_is_refused_with_a_pointer(string right, string wrong, string pointer, string message)
    {
        var json = Policy("""{"Value": true}""");
        Assert.Contains(right, json);
        var diagnostic = Assert.Single(Assert.IsType<ParseResult<PolicyBody>.Failure>(PolicyJson.Read(json.Replace(right, wrong, StringComparison.Ordinal))).Diagnostics);
        Assert.Equal(pointer, diagnostic.Pointer);
        Assert.Contains(message, diagnostic.ToString());
    }

    [Fact]
    public void A_set_is_read_with_its_templates_and_links()
    {
        const string Json = """
            {"staticPolicies": {"s": {"effect": "forbid", "principal": {"op": "All"}, "action": {"op": "all"}, "resource": {"op": "All"}, "conditions": [], "annotations": {"a": null, "b": ""}}},
             "templates": {"t": {"effect": "permit", "principal": {"op": "is", "entity_type": "User", "in": {"slot": "?principal"}}, "action": {"op": "in", "entities": []}, "resource": {"op": "==", "slot": "?resource"}, "conditions": []}},
             "templateLinks": [{"templateId": "t", "newId": "l", "values": {"?principal": {"type": "G", "id": "g"}, "?resource": {"__entity": {"type": "P", "id": "p"}}}}]}
            """;
        Assert.True(PolicyJson.ReadSet(Json).TryGet(out var set, out var problems), string.Join("; ", problems));
        Assert.Equal(["s", "l"], set.Policies.Select(policy => policy.Id.Value));
        Assert.Equal("@a\n@b(\"\")\nforbid (\n  principal,\n  action,\n  resource\n);", set.Policies[0].ToString());
        Assert.Equal("permit (\n  principal is User in G::\"g\",\n  action in [],\n  resource == P::\"p\"\n);", set.Policies[1].ToString());
        Assert.Empty(RoundTrip.Failures(set));
    }

    [Theory]
    [InlineData("""{"templateLinks": [{"templateId": "t", "newId": "l", "values": {}}]}""", "no template")]
    [InlineData("""{"policies": {}}""", "not known")]
    [InlineData("""[]""", "expected a policy set")]
    public void What_is_no_set_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.IsType<ParseResult<PolicySet>.Failure>(PolicyJson.ReadSet(json)).ToString());

    [Fact]
    public void A_policy_among_the_templates_and_a_template_among_the_policies_are_refused()
    {
        var policy = Policy("""{"Value": true}""");
        var template = policy.Replace("\"principal\": {\"op\": \"All\"}", "\"principal\": {\"op\": \"==\", \"slot\": \"?principal\"}", StringComparison.Ordinal);
        Assert.False(PolicyJson.ReadSet($"{{\"templates\": {{\"a\": {policy}}}}}").TryGet(out _, out _));
        Assert.False(PolicyJson.ReadSet($"{{\"staticPolicies\": {{\"a\": {template}}}}}").TryGet(out _, out _));
        Assert.True(PolicyJson.ReadSet($"{{\"staticPolicies\": {{\"a\": {policy}}}, \"templates\": {{\"b\": {template}}}}}").TryGet(out _, out _));
        Assert.False(PolicyJson.ReadSet($"{{\"staticPolicies\": {{\"a\": {policy}}}, \"templates\": {{\"a\": {template}}}}}").TryGet(out _, out _));
    }

    private static string Policy(string body) =>
        $$"""{"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"}, "resource": {"op": "All"}, "conditions": [{"kind": "when", "body": {{body}}}]}""";
}
