using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Writ.Governance.Feeds.Formats;
using Writ.Ledger;

namespace Writ.Governance.Tests.Feeds.Formats;

public sealed partial class SyslogMessageTests
{
    [Fact]
    public void A_message_has_its_header_its_members_and_the_record_behind_them()
    {
        var text = Message(Samples.Decision("DENY"), body: "{}");
        Assert.Equal(
            "<108>1 2026-01-02T03:04:05.678901Z writ.example writ - decision [writ@32473 log=\"writ.example/default/decisions\" index=\"7\" id=\"019b2f6e-0000-7000-9000-000000000001\" outcome=\"DENY\" "
            + "agent=\"019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21\" action=\"tool/desk/refund\" code=\"WRIT1002\" task=\"019b2f6e-0000-7000-8000-000000000001\"] {}",
            text);
    }

    [Fact]
    public void Every_kind_of_record_is_a_message_by_the_grammar_of_rfc_5424()
    {
        foreach (var record in Samples.All())
            Assert.Matches(Grammar(), Message(record));
        Assert.DoesNotMatch(Grammar(), Message(Samples.Heartbeat()).Replace("[writ@32473 log=", "[writ@32473 log", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\" injected=\"1")]
    [InlineData("a] <13>1 - - - - - - forged")]
    [InlineData("a\\")]
    [InlineData("a\\\"]")]
    [InlineData("a\n<13>1 - - - - - - forged")]
    [InlineData("a\r\n\0\u0085\u2028\u2029b")]
    [InlineData("\u202Eevil\uFEFF")]
    public void Hostile_text_stays_inside_its_parameter_and_makes_no_line(string hostile)
    {
        var quoted = System.Text.Json.JsonSerializer.Serialize(hostile);
        var text = Message(Encoding.UTF8.GetBytes($$"""{"action":{{quoted}},"at":1,"cause":{{quoted}},"kind":{{quoted}}}"""), origin: hostile);
        var parsed = Grammar().Match(text);
        Assert.True(parsed.Success, text);
        Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E');
        var values = Parameter().Matches(parsed.Groups["data"].Value).ToDictionary(p => p.Groups[1].Value, p => Regex.Replace(p.Groups[2].Value, """\\(["\\\]])""", "$1"));
        Assert.Equal(["action", "cause", "index", "log"], values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Regex.Replace(hostile, "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"), values["action"]);
    }

    [Fact]
    public void A_value_is_cut_and_a_header_field_is_never_empty_or_too_long()
    {
        var text = Message(Encoding.UTF8.GetBytes($$"""{"action":"{{new string('é', 5_000)}}","kind":"{{new string('k', 500)}}"}"""), origin: "é é/x/y", body: null);
        var parsed = Grammar().Match(text);
        Assert.True(parsed.Success, text);
        Assert.Contains($"action=\"{new string('é', 256)}\"", text, StringComparison.Ordinal);
        Assert.StartsWith($"<110>1 - - writ - {new string('k', 32)} [", text, StringComparison.Ordinal);
        Assert.EndsWith(" left_out=\"true\"]", text, StringComparison.Ordinal);
    }

    private static string Message(byte[] record, string? body = "{\"a\":1}", string origin = Samples.Origin)
    {
        var bytes = new ArrayBufferWriter<byte>();
        SyslogMessage.Write(bytes, OutgoingRecord.Read(origin, new LedgerRecord(7, record)), body is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(body));
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    // The ABNF of section 6, with the limits of its fields.
    [GeneratedRegex(
        """\A<(?:1[0-8]\d|19[01]|[1-9]?\d)>1 (?:-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) [!-~]{1,255} [!-~]{1,48} [!-~]{1,128} [!-~]{1,32} """
        + """(?<data>\[[!#-<>-\\^-~]{1,32}(?: [!#-<>-\\^-~]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*\])(?: .*)?\z""",
        RegexOptions.Singleline)]
    private static partial Regex Grammar();

    [GeneratedRegex("""(\S+?)="((?:[^"\\\]]|\\["\\\]])*)" ?""")]
    private static partial Regex Parameter();
}
