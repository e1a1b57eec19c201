namespace Writ.Architecture.Tests;

public sealed class CodeTextTests
{
    [Theory]
    [InlineData("a // b", "a     ")]
    [InlineData("a /* b */ c", "a         c")]
    [InlineData("#if b\na", "     \na")]
    [InlineData("f(\"b // c\") d", "f(        ) d")]
    [InlineData("'\"' a '\\'' b", "    a      b")]
    [InlineData("\"b\\\"c\" a", "       a")]
    [InlineData("@\"b\\\" a", "      a")]
    [InlineData("@\"b\"\"c\" a", "        a")]
    [InlineData("$\"b{x[\"c\"]}d\" a", "              a")]
    [InlineData("$\"{{b\" a", "       a")]
    [InlineData("\"\"\"b \" c\"\"\" a", "            a")]
    [InlineData("$$\"\"\"{\"b\":{{c}}}\"\"\" a", "                    a")]
    [InlineData("@class a", "@class a")]
    [InlineData("\"open", "     ")]
    public void Comments_and_literals_are_blanked_and_code_is_kept(string text, string expected) =>
        Assert.Equal(expected, CodeText.WithoutCommentsAndLiterals(text));

    [Fact]
    public void Literals_stay_when_only_comments_go() => Assert.Equal("f(\"// b\")     ", CodeText.WithoutComments("f(\"// b\") // c"));

    [Fact]
    public void Every_source_file_keeps_its_lines() =>
        Assert.All(SourceFile.Below("src", "samples", "tests"), file => Assert.Equal(file.Text.Count(c => c == '\n'), file.BareCode.Count(c => c == '\n')));
}
