using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Tests.Schemas;

public sealed class PatternTests
{
    [Theory]
    [InlineData("^a$", "a", "a\n")]
    [InlineData(@"^\d$", "7", "\u0667")]
    [InlineData(@"^\w$", "_", "é")]
    [InlineData(@"^\W$", "é", "_")]
    [InlineData(@"^\s$", "\uFEFF", "\u180E")]
    [InlineData(@"^\S$", "x", "\u2029")]
    [InlineData("^.$", "😀", "\r")]
    [InlineData("^[^a]$", "😀", "a")]
    [InlineData("^[😀-😂]$", "😁", "😃")]
    [InlineData(@"^[\u{1F000}-\u{1FFFF}]{2}$", "😀😁", "😀")]
    [InlineData(@"^\ud83d\ude00$", "😀", "😁")]
    [InlineData("^[a-z-[b]]$", "-]", "a")]
    [InlineData(@"^[\w-]+$", "a-b", "a+b")]
    [InlineData(@"^[\w-.]+$", "a-b.c", "a+b")]
    [InlineData("^[-a]$", "-", "b")]
    [InlineData("^[a-]$", "-", "b")]
    [InlineData("^[]$|^b$", "b", "")]
    [InlineData("^[^]$", "\n", "")]
    [InlineData(@"^[\b]$", "\b", "b")]
    [InlineData(@"^\/\-\@$", "/-@", "/-")]
    [InlineData(@"^\cJ\x41\0$", "\nA\0", "\nA")]
    [InlineData("^{a}$", "{a}", "a")]
    [InlineData("^a{,2}$", "a{,2}", "aa")]
    [InlineData("^a{2}$", "aa", "aaa")]
    [InlineData("^a{2,}$", "aaaa", "a")]
    [InlineData("^a{1,2}?$", "aa", "aaa")]
    [InlineData("^(?:a|b)+?c*?$", "abc", "c")]
    [InlineData("^(?<year>[0-9]{4})$", "2026", "226")]
    [InlineData("^a|b$", "ax", "xa")]
    [InlineData("b", "abc", "ac")]
    [InlineData(@"\bcat\b", "a cat.", "concat")]
    [InlineData(@"\bé", "aé", "é")]
    [InlineData(@"a\B", "ab", "a b")]
    [InlineData(@"^\p{L}+$", "aé\U00010400", "a1")]
    [InlineData(@"^\P{Letter}$", "1", "a")]
    [InlineData(@"^[^\p{Lu}\p{gc=Nd}]$", "a", "\u0667")]
    [InlineData(@"^\p{Cn}$", "\u0378", "a")]
    [InlineData("^(?:a*)*$", "aaa", "b")]
    [InlineData("^(?:a|b*)+$", "abba", "c")]
    [InlineData("(?:^|,)x(?:,|$)", "a,x", "ax")]
    [InlineData("^.{2,10000}$", "ab", "a")]
    [InlineData("", "x", null)]
    [InlineData("^(?=.*[A-Z])(?=.*[0-9]).{8,}$", "Passw0rds", "passw0rds")]
    [InlineData(@"^(?!\.)(?!.*\.\.)[a-z.]+$", "a.b", "a..b")]
    [InlineData("^(?!a|b)", "c", "b")]
    public void A_pattern_means_what_ECMA_262_says(string pattern, string matching, string? other)
    {
        var compiled = SchemaPattern.Compile(pattern, out var problem);

        Assert.Null(problem);
        Assert.True(compiled!.Occurs(matching, new Evaluation(10_000)));
        if (other is not null)
            Assert.False(compiled.Occurs(other, new Evaluation(10_000)));
    }

    [Fact]
    public void The_size_of_a_pattern_counts_its_repetitions_out()
    {
        Assert.InRange(SchemaPattern.Compile("^a$", out _)!.Size, 1, 10);
        Assert.InRange(SchemaPattern.Compile("^(?:a{10}){10}$", out _)!.Size, 100, 110);
        Assert.Null(SchemaPattern.Compile("^(?:a{5000}){6}$", out _));
        Assert.InRange(SchemaPattern.Compile("(?:(?:(?:){100000}){100000}){100000}", out _)!.Size, 1, 10);
        Assert.Null(SchemaPattern.Compile("(?:(?:(?:^|){1000}){1000}){1000}", out _));
    }
}
