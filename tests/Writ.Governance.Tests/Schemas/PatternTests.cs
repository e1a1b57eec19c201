using Writ.Governance.Schemas.Patterns;

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
    [InlineData("", "x", null)]
    [InlineData("^(?=.*[A-Z])(?=.*[0-9]).{8,}$", "Passw0rds", "passw0rds")]
    [InlineData(@"^(?!\.)(?!.*\.\.)[a-z.]+$", "a.b", "a..b")]
    [InlineData("^(?!a|b)", "c", "b")]
    public void A_pattern_means_what_ECMA_262_says(string pattern, string matching, string? other)
    {
        var compiled = SchemaPattern.Compile(pattern, out var problem);

        Assert.Null(problem);
        Assert.True(compiled!.IsMatch(matching));
        if (other is not null)
            Assert.False(compiled.IsMatch(other));
    }

    [Fact]
    public void The_size_of_a_pattern_counts_its_repetitions_out()
    {
        Assert.InRange(SchemaPattern.Compile("^a$", out _)!.Size, 1, 10);
        Assert.InRange(SchemaPattern.Compile("^(?:a{10}){10}$", out _)!.Size, 100, 400);
        Assert.Null(SchemaPattern.Compile("^(?:a{100}){22}$", out _));
        Assert.Null(SchemaPattern.Compile("(?:(?:^){10000}){10000}", out _));
    }
}
