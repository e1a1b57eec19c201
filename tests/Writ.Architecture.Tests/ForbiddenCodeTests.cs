namespace Writ.Architecture.Tests;

public sealed class ForbiddenCodeTests
{
    private static readonly IReadOnlyList<SourceFile> Sources = SourceFile.Below("src");
    private static readonly IReadOnlyList<SourceFile> Tests = SourceFile.Below("tests");

    [Fact]
    public void Time_comes_from_the_time_provider() => Law.Holds(Sources.SelectMany(ForbiddenCode.WallClock.FindIn));

    [Fact]
    public void Tests_wait_for_events_and_never_for_time() => Law.Holds(Tests.SelectMany(ForbiddenCode.WaitInTest.FindIn));

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var files = SourceFile.Below("src", "tests", "samples", "benchmarks");
        Law.Holds(files.SelectMany(ForbiddenCode.Unfinished.FindIn).Concat(files.SelectMany(WordingRules.NoUnfinishedNote)));
    }

    [Fact]
    public void T67_no_child_process_starts_through_a_shell() => Law.Holds(Sources.SelectMany(ForbiddenCode.Shell.FindIn));

    [Fact]
    public void T53_spiffe_ids_never_meet_the_uri_class() =>
        Law.Holds(Sources.Where(file => file.Path.Contains("Spiffe", StringComparison.Ordinal)).SelectMany(ForbiddenCode.UriInSpiffe.FindIn));

    [Theory]
    [InlineData("var t = DateTime.UtcNow;")]
    [InlineData("var t = DateTimeOffset . Now;")]
    [InlineData("var w = Stopwatch.StartNew();")]
    [InlineData("var t = Environment.TickCount64;")]
    public void A_wall_clock_is_found(string code) => Assert.Single(ForbiddenCode.WallClock.FindIn(Sample(code)));

    [Theory]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("spin.SpinOnce();")]
    public void A_wait_is_found(string code) => Assert.Single(ForbiddenCode.WaitInTest.FindIn(Sample(code)));

    [Theory]
    [InlineData("info.UseShellExecute = true;")]
    [InlineData("Process.Start(\"/bin/sh\", \"-c ls\");")]
    [InlineData("new ProcessStartInfo(\"bash\")")]
    [InlineData("new ProcessStartInfo(\"/usr/bin/bash\")")]
    [InlineData("Process.Start(\"cmd.exe\")")]
    [InlineData("start.FileName = \"sh\";")]
    public void A_shell_is_found(string code) => Assert.Single(ForbiddenCode.Shell.FindIn(Sample(code)));

    [Theory]
    [InlineData("return new Uri(text).Host;")]
    [InlineData("Uri.TryCreate(text, UriKind.Absolute, out var uri);")]
    public void A_uri_class_is_found(string code) => Assert.NotEmpty(ForbiddenCode.UriInSpiffe.FindIn(Sample(code)));

    [Fact]
    public void An_unfinished_method_or_note_is_found()
    {
        Assert.Single(ForbiddenCode.Unfinished.FindIn(Sample("throw new NotImplementedException();")));
        Assert.Single(WordingRules.NoUnfinishedNote(Sample("// TO" + "DO: later")));
    }

    [Fact]
    public void Words_in_comments_and_texts_are_not_code()
    {
        var file = Sample("// DateTime.UtcNow\nvar s = \"Task.Delay and DateTime.UtcNow\"; /* Stopwatch */ string[] refused = [\"sh\", \"bash\"]; start.UseShellExecute = false;");

        Assert.Empty(ForbiddenCode.WallClock.FindIn(file));
        Assert.Empty(ForbiddenCode.WaitInTest.FindIn(file));
        Assert.Empty(ForbiddenCode.Shell.FindIn(file));
    }

    [Fact]
    public void A_finding_names_its_line_and_an_excepted_file_has_none()
    {
        Assert.StartsWith("src/X/A.cs:2: Stopwatch", Assert.Single(ForbiddenCode.WallClock.FindIn(Sample("class A\n{ Stopwatch w; }"))));
        var except = ForbiddenCode.WallClock with { Except = new Dictionary<string, string> { ["src/X/A.cs"] = "a stated reason" } };
        Assert.Empty(except.FindIn(Sample("Stopwatch w;")));
    }

    private static SourceFile Sample(string text) => new("src/X/A.cs", text);
}
