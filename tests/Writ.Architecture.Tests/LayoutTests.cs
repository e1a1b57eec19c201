namespace Writ.Architecture.Tests;

public sealed class LayoutTests
{
    private static readonly IReadOnlyList<SourceFile> Sources = SourceFile.Below("src", "samples");

    [Fact]
    public void Every_file_holds_one_top_level_type_and_is_named_after_it() => Law.Holds(Sources.SelectMany(LayoutRules.OneTypeNamedAfterItsFile));

    [Fact]
    public void A_namespace_is_its_folder() => Law.Holds(Sources.SelectMany(LayoutRules.NamespaceIsFolder));

    [Fact]
    public void No_folder_has_a_vague_name() => Law.Holds(Sources.SelectMany(LayoutRules.NoVagueFolder));

    [Fact]
    public void No_file_is_longer_than_400_lines() => Law.Holds(SourceFile.Below("src", "samples", "tests").SelectMany(LayoutRules.NoLongFile));

    [Theory]
    [InlineData("A.cs", "namespace X; internal sealed class A { class Inner { } } class B { }")]
    [InlineData("A.cs", "namespace X; public readonly record struct B(int C);")]
    [InlineData("A.cs", "namespace X; public delegate Task<int> B(A a); public interface A;")]
    [InlineData("A.cs", "namespace X; // class A")]
    [InlineData("Program.cs", "Run(); static void Run() { } enum A { B } enum C { D }")]
    public void Two_types_a_wrong_name_or_none_are_found(string name, string text) =>
        Assert.NotEmpty(LayoutRules.OneTypeNamedAfterItsFile(new SourceFile("src/X/" + name, text)));

    [Theory]
    [InlineData("A.cs", "namespace X;\n/// <summary>class B</summary>\npublic sealed class A<T>(string s = \"class B { }\") where T : class\n{ private sealed record B(int C); }")]
    [InlineData("A.Parts.cs", "namespace X; internal static partial class A { enum Kind { } }")]
    [InlineData("A.cs", "namespace X; [Note(typeof(int))] public abstract record A(int B) { public sealed record C(int D) : A(D); }")]
    [InlineData("A.cs", "namespace X; internal delegate ValueTask A(int b);")]
    [InlineData("Program.cs", "return 0;")]
    public void One_type_with_nested_ones_is_fine(string name, string text) =>
        Assert.Empty(LayoutRules.OneTypeNamedAfterItsFile(new SourceFile("src/X/" + name, text)));

    [Theory]
    [InlineData("src/Writ.X/Y/A.cs", "namespace Writ.X;\nclass A;")]
    [InlineData("src/Writ.X/A.cs", "namespace Writ.X.Y;\nclass A;")]
    [InlineData("src/Writ.X/A.cs", "namespace Writ.X { class A { } }")]
    public void A_namespace_that_is_not_the_folder_is_found(string path, string text) =>
        Assert.NotEmpty(LayoutRules.NamespaceIsFolder(new SourceFile(path, text)));

    [Fact]
    public void A_namespace_that_is_the_folder_is_fine() =>
        Assert.Empty(LayoutRules.NamespaceIsFolder(new SourceFile("src/Writ.X/Y/A.cs", "using Z;\n\nnamespace Writ.X.Y;\nclass A;")));

    [Fact]
    public void A_vague_folder_is_found() => Assert.NotEmpty(LayoutRules.NoVagueFolder(new SourceFile("src/Writ.X/Utils/A.cs", "")));

    [Fact]
    public void A_long_file_is_found_and_one_at_the_bound_is_not()
    {
        Assert.Empty(LayoutRules.NoLongFile(new SourceFile("src/A.cs", string.Concat(Enumerable.Repeat("x\n", 400)))));
        Assert.NotEmpty(LayoutRules.NoLongFile(new SourceFile("src/A.cs", string.Concat(Enumerable.Repeat("x\n", 401)))));
    }

    [Fact]
    public void The_sources_are_found() => Assert.Contains(Sources, file => file.Path.StartsWith("src/Writ.Crypto/", StringComparison.Ordinal));
}
