using System.Text;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Tests.Syntax;

public sealed class SyntaxErrorTests
{
    /// <summary>Conditions that Cedar refuses, the column within the condition at which we say so, and a part of what we say.</summary>
    public static TheoryData<string, int, string> T01_conditions_that_are_not_Cedar => new()
    {
        { "context.a = 1", 11, "equality is written ==" },
        { "context.a === 1", 13, "an expression" },
        { "context.a == 1 == 2", 16, "comparisons do not chain" },
        { "context.a < 1 < 2", 15, "comparisons do not chain" },
        { "context.a is User is User", 19, "comparisons do not chain" },
        { "context.a and context.b", 11, "`}`" },
        { "context.a | context.b", 11, "or is written ||" },
        { "context.a & context.b", 11, "and is written &&" },
        { "context.a / 2 == 1", 11, "no division" },
        { "context.a % 2 == 1", 11, "no remainder" },
        { "not context.a", 1, "`not` is not a variable" },
        { "contxt.a", 1, "`contxt` is not a variable" },
        { "context.amount > 1.5", 20, "the name of an attribute" },
        { "context.a ~= 'x'", 11, "has no meaning in Cedar" },
        { "context.a == 'x'", 14, "double quotes" },
        { "context.a == \"x", 14, "does not end" },
        { "context.a == 9223372036854775808", 14, "an integer lies between" },
        { "context.a == -9223372036854775809", 15, "an integer lies between" },
        { "context.a == 99999999999999999999999999999999999999999999999999", 14, "an integer lies between" },
        { "!!!!!true", 5, "at most 4" },
        { "-----1 == 1", 5, "at most 4" },
        { "!-1 == 1", 2, "signs do not mix" },
        { "1 + if true then 1 else 2", 5, "stands in parentheses" },
        { "if true then 1", 16, "`else`" },
        { "context.if", 9, "`if` is reserved" },
        { "context.__cedar", 9, "`__cedar` is reserved" },
        { "context has in", 13, "`in` is reserved" },
        { "context has a.\"b\"", 15, "the name of an attribute" },
        { "context has \"a\".b", 16, "`}`" },
        { "context.a like context.b", 16, "a pattern in double quotes" },
        { "context.a like \"\\q\"", 17, "escapes of a pattern" },
        { "context.a == \"\\*\"", 15, "escapes of a string" },
        { "context.a == \"\\x80\"", 15, "at most 7f" },
        { "context.a == \"\\u{110000}\"", 15, "hexadecimal" },
        { "context.a == \"\\u{d800}\"", 15, "hexadecimal" },
        { "context.a == \"\\u{}\"", 15, "hexadecimal" },
        { "context.a == \"a\rb\"", 16, "carriage return" },
        { "principal is \"User\"", 14, "the name of an entity type" },
        { "principal is User::\"a\"", 14, "not an entity" },
        { "principal in User", 14, "`User` is not a variable" },
        { "principal == User::", 21, "an identifier, or an id" },
        { "principal == User::{a: 1}", 20, "an identifier, or an id" },
        { "principal == if::User::\"a\"", 14, "stands in parentheses" },
        { "lessThan(decimal(\"1.0\"), decimal(\"2.0\"))", 1, "is a method" },
        { "contains([1], 1)", 1, "is a method" },
        { "context.a.decimal()", 11, "is a function" },
        { "context.a.startsWith(\"x\")", 11, "no method `startsWith`" },
        { "matches(context.a, \"x\")", 1, "no function `matches`" },
        { "N::ip(\"::1\").isIpv6()", 1, "no function `N::ip`" },
        { "[1].contains()", 5, "one argument" },
        { "[1].contains(1, 2)", 5, "one argument" },
        { "[1].isEmpty(1)", 5, "no argument" },
        { "context(1)", 8, "can be called" },
        { "(context.f)(1)", 12, "can be called" },
        { "context[a]", 9, "in double quotes" },
        { "[1, 2", 7, "`]`" },
        { "[1 2]", 4, "`,`" },
        { "{a: 1, a: 2} == {}", 8, "already" },
        { "{a: 1, \"a\": 2} == {}", 8, "already" },
        { "{1: 2} == {}", 2, "the name of an attribute" },
        { "{if: 2} == {}", 2, "`if` is reserved" },
        { "context.a == ?principal", 14, "scope of a template" },
        { "context.a == ?", 14, "a slot is" },
        { "", 2, "an expression" },
        { ")", 1, "an expression" },
        { "true true", 6, "`}`" },
        { "context.a == \u0001", 14, "U+0001" },
        { "context.a == \U0001f600", 14, "U+1F600" },
        { "context.a == \ud83d", 14, "surrogate" },
    };

    [Theory]
    [MemberData(nameof(T01_conditions_that_are_not_Cedar))]
    public void T01_what_is_not_Cedar_is_refused_where_it_stands(string condition, int column, string message)
    {
        const string Before = "permit(principal, action, resource) when { ";
        var diagnostic = Cedar.Refusal($"// first line\n{Before}{condition} }};");
        Assert.Contains(message, diagnostic.ToString());
        Assert.Equal((2, Before.Length + column), (diagnostic.Line, diagnostic.Column));
    }

    [Theory]
    [InlineData("permit(principal, action, resource)", 1, 36, "`;`")]
    [InlineData("permit(principal, action);", 1, 25, "ends without `resource`")]
    [InlineData("permit();", 1, 8, "`principal`")]
    [InlineData("permit(action, principal, resource);", 1, 8, "`principal`")]
    [InlineData("permit(principal, action, resource, context);", 1, 37, "nothing more")]
    [InlineData("allow(principal, action, resource);", 1, 1, "`permit`")]
    [InlineData("permit(principal = User::\"a\", action, resource);", 1, 18, "equality is written ==")]
    [InlineData("permit(principal != User::\"a\", action, resource);", 1, 18, "==, in or is")]
    [InlineData("permit(principal in [User::\"a\"], action, resource);", 1, 21, "only an action")]
    [InlineData("permit(principal == \"a\", action, resource);", 1, 21, "an entity such as")]
    [InlineData("permit(principal == User, action, resource);", 1, 21, "write User::\"id\"")]
    [InlineData("permit(principal in Group::\"g\" is User, action, resource);", 1, 32, "the type comes first")]
    [InlineData("permit(principal is User == User::\"a\", action, resource);", 1, 26, "`is` goes with `in`")]
    [InlineData("permit(principal: User, action, resource);", 1, 17, "`principal is T`")]
    [InlineData("permit(principal == ?resource, action, resource);", 1, 21, "the slot of this scope is ?principal")]
    [InlineData("permit(principal == ?other, action, resource);", 1, 21, "the slot of this scope is ?principal")]
    [InlineData("permit(principal, action == ?action, resource);", 1, 29, "no slot")]
    [InlineData("permit(principal, action is Action, resource);", 1, 26, "no `is`")]
    [InlineData("permit(principal, action == User::\"a\", resource);", 1, 29, "whose last name is Action")]
    [InlineData("permit(principal, action in [Action::\"a\", User::\"b\"], resource);", 1, 43, "whose last name is Action")]
    [InlineData("permit(principal, action in [Action::\"a\" Action::\"b\"], resource);", 1, 42, "`,`")]
    [InlineData("permit(principal, action, resource) if { true };", 1, 37, "`when`")]
    [InlineData("@id(\"a\") @id(\"b\") permit(principal, action, resource);", 1, 11, "already")]
    [InlineData("@id(a) permit(principal, action, resource);", 1, 5, "a string")]
    [InlineData("@\"id\" permit(principal, action, resource);", 1, 2, "the key")]
    [InlineData("permit(principal, action, resource) when { true }; when", 1, 52, "`permit`")]
    [InlineData("@id(\"a\")", 1, 9, "`permit`")]
    public void A_malformed_policy_is_refused_where_it_is_wrong(string policy, int line, int column, string message)
    {
        var diagnostic = Cedar.Refusal(policy);
        Assert.Contains(message, diagnostic.ToString());
        Assert.Equal((line, column), (diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void One_reading_finds_the_faults_of_several_policies()
    {
        var result = PolicySet.Parse("permit(x);\npermit(principal, action, resource);\nforbid(principal, action, resource) when { 1 = 1 };\npermit(y)", new ParseOptions { SourceName = "a.cedar" });
        var failure = Assert.IsType<ParseResult<PolicySet>.Failure>(result);
        Assert.Equal([1, 3, 4], failure.Diagnostics.Select(diagnostic => diagnostic.Line));
        Assert.StartsWith("a.cedar:1:8: this cannot stand here; expected `principal`, found `x`", failure.ToString());
    }

    [Fact]
    public void Reading_stops_after_the_permitted_number_of_errors()
    {
        var source = string.Concat(Enumerable.Repeat("nonsense;", 100));
        var failure = Assert.IsType<ParseResult<PolicySet>.Failure>(PolicySet.Parse(source, new ParseOptions { MaxErrors = 7 }));
        Assert.Equal(7, failure.Diagnostics.Length);
    }

    [Fact]
    public void Lines_end_with_any_of_the_three_line_breaks()
    {
        var diagnostic = Cedar.Refusal("//\n//\r//\r\n//\n oops");
        Assert.Equal((5, 2), (diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_offset()
    {
        byte[] source = [.. "permit(principal,\n "u8, 0xc3, 0x28];
        var failure = Assert.IsType<ParseResult<PolicySet>.Failure>(PolicySet.Parse(source));
        var diagnostic = Assert.Single(failure.Diagnostics);
        Assert.Contains("offset 19 (0xc3)", diagnostic.Message);
        Assert.Equal((2, 2), (diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_source()
    {
        byte[] source = [.. Encoding.UTF8.Preamble, .. "permit(principal, action, resource);"u8];
        Assert.True(PolicySet.Parse(source).TryGet(out _, out _));
        Assert.False(PolicySet.Parse("\ufeffpermit(principal, action, resource);").TryGet(out _, out _));
    }

    [Fact]
    public void A_source_that_is_too_long_is_refused_unread()
    {
        var source = "permit(principal, action, resource);" + new string(' ', 1 << 20);
        Assert.Contains("longer than 1048576 bytes", Cedar.Refusal(source).Message);
        Assert.True(PolicySet.Parse(source, new ParseOptions { MaxBytes = 2 << 20 }).TryGet(out _, out _));
        Assert.Contains("longer than 10 bytes", Cedar.Refusal("// ééééé", new ParseOptions { MaxBytes = 10 }).Message);
    }

    [Fact]
    public void A_message_does_not_grow_with_what_it_quotes()
    {
        var name = new string('a', 100_000);
        Assert.InRange(Cedar.Refusal($"permit(principal, action, resource) when {{ {name} }};").ToString().Length, 100, 700);
        Assert.InRange(Cedar.Refusal($"permit({name});").ToString().Length, 50, 700);
    }
}
