using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Authorization;

public sealed class OperatorTests
{
    private static readonly EntityStore Store = Cedar.Store(
        new Entity(Cedar.Alice, [new EntityUid("Group", "g")], RecordValue.Of(("age", 7), ("boss", new EntityUid("User", "bob"))), RecordValue.Of(("t", "x"))),
        new Entity(new EntityUid("Group", "g"), [new EntityUid("Org", "o")]));

    public static TheoryData<string, string> Values => new()
    {
        // Booleans and their short cuts
        { "true && false", "false" },
        { "false && 1", "false" },
        { "false && context.nothing", "false" },
        { "true && 1", "error:WrongType" },
        { "1 && false", "error:WrongType" },
        { "true || 1", "true" },
        { "true || context.nothing", "true" },
        { "false || 1", "error:WrongType" },
        { "!true", "false" },
        { "!1", "error:WrongType" },
        { "if true then 1 else context.nothing", "1" },
        { "if false then context.nothing else 2", "2" },
        { "if 1 then 1 else 2", "error:WrongType" },

        // Equality is for all types and never an error
        { "1 == 1", "true" },
        { "1 == \"1\"", "false" },
        { "1 != true", "true" },
        { "[1, 2] == [2, 1, 1]", "true" },
        { "{a: 1, b: [2]} == {b: [2], a: 1}", "true" },
        { "{a: 1} == {a: 1, b: 2}", "false" },
        { "User::\"a\" == User::\"a\"", "true" },
        { "User::\"a\" == Group::\"a\"", "false" },
        { "\"\u00e9\" == \"e\u0301\"", "false" },
        { "decimal(\"1.0\") == decimal(\"1.00\")", "true" },
        { "ip(\"127.0.0.1\") == ip(\"127.0.0.1/32\")", "true" },
        { "ip(\"10.0.0.0/8\") == ip(\"10.0.0.1/8\")", "false" },
        { "datetime(\"2024-01-01\") == datetime(\"2024-01-01T01:00:00+0100\")", "true" },
        { "duration(\"60m\") == duration(\"1h\")", "true" },
        { "duration(\"1ms\") == 1", "false" },
        { "context.nothing == 1", "error:AttributeMissing" },

        // Order
        { "1 < 2", "true" },
        { "2 <= 2", "true" },
        { "-9223372036854775808 < 9223372036854775807", "true" },
        { "9007199254740993 > 9007199254740992", "true" },
        { "2 >= 3", "false" },
        { "1 < \"2\"", "error:WrongType" },
        { "\"a\" < \"b\"", "error:WrongType" },
        { "true < false", "error:WrongType" },
        { "decimal(\"1.0\") < decimal(\"2.0\")", "error:WrongType" },
        { "datetime(\"2024-01-01\") < datetime(\"2024-01-02\")", "true" },
        { "duration(\"1h\") >= duration(\"60m\")", "true" },
        { "datetime(\"2024-01-01\") < duration(\"1h\")", "error:WrongType" },
        { "datetime(\"2024-01-01\") < 1", "error:WrongType" },

        // Arithmetic of 64 bits
        { "1 + 2 * 3 - 4", "3" },
        { "9223372036854775807 + 0", "9223372036854775807" },
        { "9223372036854775807 + 1", "error:Overflow" },
        { "-9223372036854775808 - 1", "error:Overflow" },
        { "4611686018427387904 * 2", "error:Overflow" },
        { "-4611686018427387904 * 2", "-9223372036854775808" },
        { "-(-9223372036854775808)", "error:Overflow" },
        { "1 + \"2\"", "error:WrongType" },
        { "-true", "error:WrongType" },

        // The hierarchy
        { "User::\"x\" in User::\"x\"", "true" },
        { "principal in Group::\"g\"", "true" },
        { "principal in Org::\"o\"", "true" },
        { "principal in [Org::\"x\", Org::\"o\"]", "true" },
        { "principal in []", "false" },
        { "Group::\"g\" in principal", "false" },
        { "principal in [Org::\"o\", 1]", "error:WrongType" },
        { "\"rm -rf /\" in [\"rm -rf /\"]", "error:WrongType" },
        { "principal in \"x\"", "error:WrongType" },
        { "principal is User", "true" },
        { "principal is Use", "false" },
        { "principal is N::User", "false" },
        { "principal is User in Org::\"o\"", "true" },
        { "principal is Group in context.nothing", "false" },
        { "principal is User in context.nothing", "error:AttributeMissing" },
        { "1 is User", "error:WrongType" },

        // Attributes
        { "principal.age", "7" },
        { "principal[\"age\"]", "7" },
        { "principal.nothing", "error:AttributeMissing" },
        { "principal.boss", "User::\"bob\"" },
        { "principal.boss.age", "error:EntityMissing" },
        { "{a: {b: 1}}.a.b", "1" },
        { "{a: 1}.b", "error:AttributeMissing" },
        { "[1].a", "error:WrongType" },
        { "principal has age", "true" },
        { "principal has nothing", "false" },
        { "User::\"bob\" has age", "false" },
        { "{a: {b: 1}} has a.b", "true" },
        { "{a: {b: 1}} has a.c", "false" },
        { "{a: {b: 1}} has c.b", "false" },
        { "{a: 1} has a.b", "error:WrongType" },
        { "principal has boss.age", "false" },
        { "1 has a", "error:WrongType" },

        // Tags
        { "principal.hasTag(\"t\")", "true" },
        { "principal.hasTag(\"u\")", "false" },
        { "principal.getTag(\"t\")", "\"x\"" },
        { "principal.getTag(\"u\")", "error:TagMissing" },
        { "User::\"bob\".hasTag(\"t\")", "false" },
        { "User::\"bob\".getTag(\"t\")", "error:EntityMissing" },
        { "principal.getTag(1)", "error:WrongType" },
        { "{}.hasTag(\"t\")", "error:WrongType" },

        // Sets
        { "[1, \"a\", [2]].contains([2])", "true" },
        { "[1].contains(\"1\")", "false" },
        { "[1, 2, 3].containsAll([3, 1])", "true" },
        { "[1].containsAll([])", "true" },
        { "[1].containsAll([1, 2])", "false" },
        { "[1].containsAny([2, 1])", "true" },
        { "[].containsAny([])", "false" },
        { "[].isEmpty()", "true" },
        { "[[]].isEmpty()", "false" },
        { "1.contains(1)", "error:WrongType" },
        { "[1].containsAll(1)", "error:WrongType" },
        { "\"\".isEmpty()", "error:WrongType" },

        // Patterns
        { "\"abc\" like \"a*c\"", "true" },
        { "\"abc\" like \"*\"", "true" },
        { "\"\" like \"*\"", "true" },
        { "\"\" like \"\"", "true" },
        { "\"abc\" like \"\"", "false" },
        { "\"abc\" like \"a\"", "false" },
        { "\"aba\" like \"ab*ba\"", "false" },
        { "\"abba\" like \"ab*ba\"", "true" },
        { "\"a*c\" like \"a\\*c\"", "true" },
        { "\"abc\" like \"a\\*c\"", "false" },
        { "\"xaybzc\" like \"*a*b*c*\"", "true" },
        { "\"xaybz\" like \"*b*a*\"", "false" },
        { "\"a\\nb\" like \"a*b\"", "true" },
        { "\"A\" like \"a\"", "false" },
        { "\"\U0001f600\" like \"*\U0001f600\"", "true" },
        { "1 like \"*\"", "error:WrongType" },

        // Extension functions
        { "decimal(\"1.5\").lessThan(decimal(\"1.50\"))", "false" },
        { "decimal(\"1.5\").lessThanOrEqual(decimal(\"1.50\"))", "true" },
        { "decimal(\"-1.5\").greaterThan(decimal(\"-1.6\"))", "true" },
        { "decimal(\"1.5\").greaterThanOrEqual(decimal(\"2.0\"))", "false" },
        { "decimal(\"1.5\").lessThan(\"1.5\")", "error:WrongType" },
        { "1.lessThan(2)", "error:WrongType" },
        { "decimal(1)", "error:WrongType" },
        { "decimal()", "error:WrongArity" },
        { "decimal(\"1.0\", \"1.0\")", "error:WrongArity" },
        { "decimal(\"1.0\").lessThan()", "error:WrongArity" },
        { "ip(\"10.1.2.3\").isIpv4()", "true" },
        { "ip(\"::1\").isIpv6()", "true" },
        { "ip(\"127.0.0.1\").isLoopback()", "true" },
        { "ip(\"127.0.0.0/7\").isLoopback()", "false" },
        { "ip(\"::1\").isLoopback()", "true" },
        { "ip(\"::1/127\").isLoopback()", "false" },
        { "ip(\"239.255.255.255\").isMulticast()", "true" },
        { "ip(\"240.0.0.0\").isMulticast()", "false" },
        { "ip(\"224.0.0.0/3\").isMulticast()", "false" },
        { "ip(\"ff02::1\").isMulticast()", "true" },
        { "ip(\"10.1.2.3\").isInRange(ip(\"10.0.0.0/8\"))", "true" },
        { "ip(\"10.0.0.0/7\").isInRange(ip(\"10.0.0.0/8\"))", "false" },
        { "ip(\"10.9.9.9/8\").isInRange(ip(\"10.0.0.0/8\"))", "true" },
        { "ip(\"1.2.3.4\").isInRange(ip(\"0.0.0.0/0\"))", "true" },
        { "ip(\"::1\").isInRange(ip(\"::/0\"))", "true" },
        { "ip(\"::1\").isInRange(ip(\"0.0.0.0/0\"))", "false" },
        { "ip(\"1.2.3.4\").isInRange(ip(\"::/0\"))", "false" },
        { "ip(\"1.2.3.4\").isInRange(\"0.0.0.0/0\")", "error:WrongType" },
        { "datetime(\"2024-01-01\").offset(duration(\"-1ms\")) == datetime(\"2023-12-31T23:59:59.999Z\")", "true" },
        { "datetime(\"1970-01-01\").offset(duration(\"9223372036854775807ms\")).offset(duration(\"1ms\"))", "error:Extension" },
        { "datetime(\"2024-01-02\").durationSince(datetime(\"2024-01-01\")).toHours()", "24" },
        { "datetime(\"1970-01-01\").offset(duration(\"-9223372036854775808ms\")).durationSince(datetime(\"1970-01-02\"))", "error:Extension" },
        { "datetime(\"1969-12-31T23:00:00Z\").toDate() == datetime(\"1969-12-31\")", "true" },
        { "datetime(\"1969-12-31T23:00:00Z\").toTime() == duration(\"23h\")", "true" },
        { "datetime(\"1969-12-31\").toTime() == duration(\"0s\")", "true" },
        { "datetime(\"2024-01-01T11:35:00Z\").toTime().toMinutes()", "695" },
        { "datetime(\"1970-01-01\").offset(duration(\"-9223372036854775808ms\")).toDate()", "error:Extension" },
        { "duration(\"-1500ms\").toSeconds()", "-1" },
        { "duration(\"-36h\").toDays()", "-1" },
        { "duration(\"1d2h\").toMilliseconds()", "93600000" },
        { "duration(\"1h\").toDate()", "error:WrongType" },
        { "datetime(\"2024-01-01\").offset(1)", "error:WrongType" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void An_expression_evaluates_as_Cedar_says(string expression, string result) => Assert.Equal(result, Cedar.Result(expression, store: Store));

    [Fact]
    public void The_leftmost_fault_is_the_one_that_is_told() => Assert.Equal("error:Overflow", Cedar.Result("(9223372036854775807 + 1) == context.nothing"));
}
