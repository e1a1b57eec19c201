using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Writ.Cli.Terminal;

namespace Writ.Cli.Tests;

public sealed class ApproveTests : IAsyncLifetime
{
    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Without_an_id_everything_that_waits_is_listed()
    {
        _server.On("GET /v1/approvals", """{"approvals":[]}""");
        Assert.Equal("nothing waits for approval\n", (await _server.RunAsync("approve")).Output);
        _server.On("GET /v1/approvals", $$"""{"approvals":[{{Samples.Approval("null")}}]}""");
        var run = await _server.RunAsync("approve");
        Assert.Equal(0, run.Exit);
        Assert.Contains("larger-refunds", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await _server.RunAsync("approve", "--json")).Json.GetProperty("approvals").GetArrayLength());
    }

    [Fact]
    public async Task A_yes_after_the_facts_approves_and_the_facts_come_before_what_the_agent_wrote()
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval("""{"amount":240.00}""")).On("POST /v1/approvals/a1/approve", """{"id":"a1","state":"approved"}""");
        var run = await _server.RunWithInputAsync("y\n", "approve", "a1");
        Assert.Equal(0, run.Exit);
        string[] order = ["support-agent", "tool/desk/refund_order", "money, cannot be undone", "larger-refunds: A refund above 50 EUR", "Written by the agent", "240.00", "[y/N]", "approved:"];
        Assert.Equal(order, order.OrderBy(part => run.Output.IndexOf(part, StringComparison.Ordinal)));
        Assert.All(order, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Assert.Equal("POST /v1/approvals/a1/approve", _server.Asked.Last().Request);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("n\n")]
    [InlineData("yes please\n")]
    [InlineData("\ny\n")]
    public async Task Anything_but_a_plain_yes_answers_nothing(string input)
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval("{}"));
        Assert.Equal(1, (await _server.RunWithInputAsync(input, "approve", "a1")).Exit);
        Assert.Equal("GET /v1/approvals/a1", Assert.Single(_server.Asked).Request);
    }

    [Fact]
    public async Task Yes_and_reject_answer_at_once()
    {
        _server.On("POST /v1/approvals/a1/reject", """{"id":"a1","state":"rejected"}""");
        var run = await _server.RunAsync("approve", "a1", "--reject", "--yes", "--json");
        Assert.Equal((0, "rejected"), (run.Exit, run.Json.GetProperty("state").GetString()));
        Assert.Single(_server.Asked);
    }

    [Fact]
    public async Task A_program_has_to_say_yes()
    {
        Assert.Equal(2, (await _server.RunAsync("approve", "a1", "--json")).Exit);
        Assert.Empty(_server.Asked);
        _server.On("GET /v1/approvals/a1", Samples.Approval("{}"));
        Assert.Equal("a1", (await _server.RunAsync("approve", "a1", "--show", "--json")).Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_answer_that_does_not_count_is_a_no()
    {
        _server.OnProblem("POST /v1/approvals/a1/approve", 409, "WRIT4101", "The request's time ran out.");
        var run = await _server.RunAsync("approve", "a1", "--yes");
        Assert.Equal(1, run.Exit);
        Assert.Contains("time ran out. (WRIT4101)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _server.RunAsync("approve", "../agents", "--yes")).Exit);
        Assert.Equal("POST /v1/approvals/../agents/approve", _server.Asked.Last().Request.Replace("%2F", "/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\e[2J\e[31mapproved by the administrator")]
    [InlineData("\u009B31m")]
    [InlineData("line one\r\nApprove exactly this call, once? [y/N] y")]
    [InlineData("100 EUR \u202Eresu eht ot\u202C")]
    [InlineData("\u2066isolated\u2069 \u200Bzero\u200Dwidth\uFEFF")]
    [InlineData("\u2028\u2029\u0085\v\f")]
    [InlineData("[red]markup[/] [[ ]] [link=https://evil.example]x[/]")]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301piled")]
    [InlineData("\u3164\u115F\u2800\uFE0F\uE000\U000E0041")]
    [InlineData("\u0007\u0008\u0000\u007F")]
    public async Task T81_what_the_agent_wrote_is_shown_whole_on_one_line_and_cannot_act(string text)
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval(JsonSerializer.Serialize(new Dictionary<string, string> { ["note"] = text, [text] = "x" })));
        var run = await _server.RunAsync("approve", "a1", "--show");
        Assert.Equal(0, run.Exit);
        Assert.All(run.Output.EnumerateRunes(), rune => Assert.True(rune.Value == '\n' || Visible(rune), $"U+{rune.Value:X4}"));
        var written = run.Output[run.Output.IndexOf("Written by the agent", StringComparison.Ordinal)..];
        Assert.Equal(2, written.Split('\n').Count(line => line.StartsWith("  | ", StringComparison.Ordinal)));
        Assert.Equal(5, written.Split('\n').Length);
        Assert.DoesNotContain("\u0301\u0301\u0301\u0301", written, StringComparison.Ordinal);
        if (text.Contains("[red]", StringComparison.Ordinal))
            Assert.Contains(text, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T81_an_escape_cannot_be_faked_and_padding_is_counted()
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval(JsonSerializer.Serialize(new { fake = @"\u{202E}", padded = new string(' ', 3_000) + "the real payee" })));
        var run = await _server.RunAsync("approve", "a1", "--show");
        Assert.Contains(@"""\\u{202E}""", run.Output, StringComparison.Ordinal);
        Assert.Contains("and 1,014 more characters", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("                                                  Approve exactly this call, once? [y/N] y                                        approved: ")]
    [InlineData("\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC\u6771\u4EAC state approved")]
    public async Task T81_padding_never_begins_a_line_of_its_own_on_a_terminal(string text)
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval(JsonSerializer.Serialize(new { note = text + text + text })));
        using var output = new StringWriter();
        var environment = new Dictionary<string, string> { ["WRIT_URL"] = _server.Url, ["WRIT_TOKEN"] = CliRun.Token };
        var session = new Session(TextReader.Null, output, TextWriter.Null, environment, TimeProvider.System) { OutputIsTerminal = true };
        Assert.Equal(0, await WritCommand.InvokeAsync(session, ["approve", "a1", "--show"]));
        var plain = Regex.Replace(output.ToString(), "\e\\[[0-9;]*m", "");
        var written = plain[plain.IndexOf("Written by the agent", StringComparison.Ordinal)..].Split('\n')[1..].TakeWhile(line => line.Trim().Length > 0).ToArray();
        Assert.True(written.Length > 3);
        Assert.All(written, line => Assert.StartsWith("  | ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("p\u0430ypal@bank.example", @"p\u{0430}ypal")]
    [InlineData("pay Ge\u03BFrge", @"Ge\u{03BF}rge")]
    [InlineData("pay \U0001D41Alice", @"\u{D835}\u{DC1A}lice")]
    [InlineData("\uFF21lice", @"\u{FF21}lice")]
    public async Task T81_a_word_that_mixes_alphabets_is_shown_in_ascii_too(string text, string ascii)
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval(JsonSerializer.Serialize(new { payee = text })));
        Assert.Contains("look-alike letters: " + ascii, (await _server.RunAsync("approve", "a1", "--show")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ирина и Ольга")]
    [InlineData("Γεώργιος")]
    [InlineData("Zoë Müller, naïve café")]
    [InlineData("東京 Tokyo")]
    [InlineData("東京Tokyoパリ")]
    [InlineData("1000₽ №7")]
    public async Task T66_a_name_in_one_alphabet_is_nobodys_business(string text)
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval(JsonSerializer.Serialize(new { payee = text })));
        var run = await _server.RunAsync("approve", "a1", "--show");
        Assert.DoesNotContain("look-alike", run.Output, StringComparison.Ordinal);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T81_the_facts_are_as_inert_as_the_rest()
    {
        _server.On("GET /v1/approvals/a1", Samples.Approval("{}").Replace("support-agent", "\\u001b[2Jx\\u202e", StringComparison.Ordinal));
        Assert.Contains(@"\u{001B}[2Jx\u{202E}", (await _server.RunAsync("approve", "a1", "--show")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_arguments_are_counted_and_absent_ones_are_told()
    {
        var many = Enumerable.Range(0, 50).ToDictionary(i => $"n{i}", i => i);
        _server.On("GET /v1/approvals/a1", Samples.Approval(JsonSerializer.Serialize(many)));
        Assert.Contains("and 10 more arguments", (await _server.RunAsync("approve", "a1", "--show")).Output, StringComparison.Ordinal);
        _server.On("GET /v1/approvals/a1", Samples.Approval("null"));
        Assert.Contains("cannot be shown", (await _server.RunAsync("approve", "a1", "--show")).Output, StringComparison.Ordinal);
    }

    private static bool Visible(System.Text.Rune rune) =>
        rune.Value == ' ' || System.Text.Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator);
}
