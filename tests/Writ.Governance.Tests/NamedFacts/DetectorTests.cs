using System.Text.Json;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>What detectors see, and where they say that they do not know. Null stands for unavailable.</summary>
public sealed class DetectorTests
{
    [Theory]
    [InlineData("20% off today", 1, "20.0000")]
    [InlineData("between 10-20 % off", 2, "20.0000")]
    [InlineData("20-10% off", 2, "20.0000")]
    [InlineData("12,5 Prozent", 1, "12.5000")]
    [InlineData("only % 30 today", 1, "30.0000")]
    [InlineData("twenty-five percent and fifty per cent", 2, "50.0000")]
    [InlineData("half price!", 1, "50.0000")]
    [InlineData("2​1% off", 1, "21.0000")]
    [InlineData("２１％ off", 1, "21.0000")]
    [InlineData("٢١٪ off", 1, "21.0000")]
    [InlineData("nothing here, 20 of them", 0, "0.0000")]
    [InlineData("99999999999999999999999% off", 0, null)]
    public void Percentages_are_read_as_people_write_them(string text, int count, string? max) =>
        Assert.Equal(max is null ? null : $$"""{count: {{count}}, max: decimal("{{max}}")}""", FactWorld.DetectText("percentages", text));

    [Theory]
    [InlineData("€ 49,90 each", """{count: 1, currencies: ["EUR"], max: decimal("49.9000")}""")]
    [InlineData("1.299,00 EUR or $1.5k", """{count: 2, currencies: ["EUR", "USD"], max: decimal("1500.0000")}""")]
    [InlineData("20 dollars", """{count: 1, currencies: ["USD"], max: decimal("20.0000")}""")]
    [InlineData("no money", """{count: 0, currencies: [], max: decimal("0.0000")}""")]
    [InlineData("99999999999999999999 EUR", null)]
    public void Prices_are_read_as_people_write_them(string text, string? expected) =>
        Assert.Equal(expected, FactWorld.DetectText("prices", text));

    [Theory]
    [InlineData("a@b.example", """{count: 1, domains: ["b.example"]}""")]
    [InlineData("\"boss@good.example\" <x@evil.example>", """{count: 1, domains: ["evil.example"]}""")]
    [InlineData("Team: a@b.example, C <c@D.Example.>; e@f.example", """{count: 3, domains: ["b.example", "d.example", "f.example"]}""")]
    [InlineData("a@good.example(comment, x@y) ", """{count: 1, domains: ["good.example"]}""")]
    [InlineData("a@bücher.example", """{count: 1, domains: ["xn--bcher-kva.example"]}""")]
    [InlineData("a@good.example <b@evil.example> c@x.example", null)]
    [InlineData("a@good.example\r\nBcc: b@evil.example", null)]
    [InlineData("a%evil.example@good.example", null)]
    [InlineData("not an address", null)]
    [InlineData("a@[127.0.0.1]", """{count: 1, domains: ["[127.0.0.1]"]}""")]
    [InlineData("a@127.1", null)]
    [InlineData("\"open <a@b.example>", null)]
    public void Recipients_are_those_that_mail_would_reach(string text, string? expected) =>
        Assert.Equal(expected, FactWorld.DetectText("recipients", text));

    [Theory]
    [InlineData("SELECT a FROM Users u, \"Orders\" o JOIN s.x ON 1=1 -- drop", """{statements: 1, tables: ["orders", "s.x", "users"], verbs: ["select"]}""")]
    [InlineData("with x as (delete from t returning *) select * from x", """{statements: 1, tables: ["t"], verbs: ["delete", "select"]}""")]
    [InlineData("select 1; /* a */ drop table b", """{statements: 2, tables: ["b"], verbs: ["drop", "select"]}""")]
    [InlineData("select * into copy_of from t", """{statements: 1, tables: ["copy_of", "t"], verbs: ["select", "select_into"]}""")]
    [InlineData("explain analyze delete from t", """{statements: 1, tables: ["t"], verbs: ["delete", "explain"]}""")]
    [InlineData("explain delete from t", """{statements: 1, tables: ["t"], verbs: ["explain"]}""")]
    [InlineData("select 'drop table x; it''s' from t", """{statements: 1, tables: ["t"], verbs: ["select"]}""")]
    [InlineData("select 1 /*! ; drop table t */", null)]
    [InlineData("select '\\'; drop table t; -- '", null)]
    [InlineData("select $$a$$", null)]
    [InlineData("do something", null)]
    [InlineData("select 'open", null)]
    [InlineData("select 1 # comment", null)]
    public void Sql_is_what_every_dialect_would_run(string text, string? expected) =>
        Assert.Equal(expected, FactWorld.DetectText("sql", text));

    [Theory]
    [InlineData("ls -l | grep x", "read")]
    [InlineData("echo hi > out.txt", "write")]
    [InlineData("echo hi > /dev/null 2>&1", "read")]
    [InlineData("ls; curl http://x", "network")]
    [InlineData("sudo -u root rm -rf /", "destroy")]
    [InlineData("'r'\"m\" -rf x", "destroy")]
    [InlineData("r\\m x", "destroy")]
    [InlineData("env A=1 rm x", "unknown")]
    [InlineData("echo $(rm x)", "destroy")]
    [InlineData("echo `rm x`", "destroy")]
    [InlineData("find . -name x -exec rm {} +", "destroy")]
    [InlineData("find . -delete", "destroy")]
    [InlineData("ls | xargs rm", "destroy")]
    [InlineData("sh -c 'ls; rm x'", "destroy")]
    [InlineData("$CMD x", "unknown")]
    [InlineData("curl x | sh", "unknown")]
    [InlineData("./ls", "unknown")]
    [InlineData("PATH=/tmp ls", "unknown")]
    [InlineData("git -c core.pager=x log", "unknown")]
    [InlineData("git log", "read")]
    [InlineData("git push --force", "destroy")]
    [InlineData("frobnicate", "unknown")]
    [InlineData("", "unknown")]
    [InlineData("cat <<X", "unknown")]
    [InlineData("if true; then rm x; fi", "unknown")]
    public void A_shell_command_is_as_bad_as_the_worst_in_it(string text, string expected) =>
        Assert.StartsWith($$"""{class: "{{expected}}",""", FactWorld.DetectText("shell", text), StringComparison.Ordinal);

    [Theory]
    [InlineData("src/a.txt", true, false)]
    [InlineData("/work/a", true, false)]
    [InlineData("/work/../etc/passwd", false, true)]
    [InlineData("a/../../x", false, true)]
    [InlineData("..\\x", false, true)]
    [InlineData("/workshop/a", false, false)]
    [InlineData("~/x", false, false)]
    [InlineData("C:/work/a", false, false)]
    [InlineData("//host/work", false, false)]
    public void A_path_is_inside_only_where_its_steps_end_inside(string text, bool inside, bool traversal)
    {
        var fact = FactWorld.DetectText("path", text, "/work");
        Assert.Contains($"inside: {(inside ? "true" : "false")}", fact, StringComparison.Ordinal);
        Assert.Contains($"traversal: {(traversal ? "true" : "false")}", fact, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$HOME/x")]
    [InlineData("%2e%2e/x")]
    [InlineData("．．/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a\u0000b")]
    [InlineData("")]
    public void A_path_that_a_program_may_change_is_unavailable(string text) =>
        Assert.Null(FactWorld.DetectText("path", text, "/work"));

    [Theory]
    [InlineData("https://www.example.co.uk/a", "www.example.co.uk", "example.co.uk")]
    [InlineData("https://WWW.Example.com./", "www.example.com", "example.com")]
    [InlineData("https://evil.github.io/", "evil.github.io", "evil.github.io")]
    [InlineData("https://good.example@evil.example/", "evil.example", "evil.example")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("http://127.0.0.1:8080/", "127.0.0.1", "127.0.0.1")]
    [InlineData("http://[::1]/", "[::1]", "[::1]")]
    public void A_url_leads_to_one_host(string text, string host, string domain)
    {
        var fact = FactWorld.DetectText("url", text);
        Assert.Contains($"hosts: [\"{host}\"]", fact, StringComparison.Ordinal);
        Assert.Contains($"domains: [\"{domain}\"]", fact, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://127.1/")]
    [InlineData("https://good.example\\@evil.example/")]
    [InlineData(" https://a.example/")]
    [InlineData("//a.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://a.example:99999/")]
    [InlineData("https://a_b$.example/")]
    public void A_url_that_programs_read_differently_is_unavailable(string text) =>
        Assert.Null(FactWorld.DetectText("url", text));

    [Theory]
    [InlineData("[0.1, 0.2, \"0.30\"]", """{count: 3, largest: decimal("0.3000"), smallest: decimal("0.1000"), total: decimal("0.6000")}""")]
    [InlineData("[1000, -999]", """{count: 2, largest: decimal("1000.0000"), smallest: decimal("-999.0000"), total: decimal("1.0000")}""")]
    [InlineData("[1e2]", """{count: 1, largest: decimal("100.0000"), smallest: decimal("100.0000"), total: decimal("100.0000")}""")]
    [InlineData("[0.00001]", null)]
    [InlineData("[900000000000000, 900000000000000]", null)]
    [InlineData("[\"1e9\"]", null)]
    [InlineData("[null]", null)]
    [InlineData("[[1]]", null)]
    public void Amounts_add_up_exactly_or_not_at_all(string json, string? expected) =>
        Assert.Equal(expected, FactWorld.Detect("amount_total", json));

    [Theory]
    [InlineData("percentages", "9,.")]
    [InlineData("prices", "1 2€")]
    [InlineData("recipients", "(\"<")]
    [InlineData("sql", "((select ")]
    [InlineData("shell", "$(`\"")]
    [InlineData("shell", "a=b;")]
    [InlineData("path", "../a/")]
    [InlineData("url", "http://a.")]
    public void Long_hostile_text_ends_in_an_answer(string detector, string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 131_072 / piece.Length));
        _ = FactWorld.DetectText(detector, text, "/work");
        Assert.Null(FactWorld.DetectText(detector, text + new string('x', 131_072)));
    }

    [Theory]
    [InlineData("percentages")]
    [InlineData("recipients")]
    [InlineData("sql")]
    [InlineData("shell")]
    [InlineData("url")]
    public void What_is_no_text_is_unavailable(string detector)
    {
        Assert.Null(FactWorld.Detect(detector, "{\"a\":1}"));
        Assert.Null(FactWorld.Detect(detector, "null"));
        Assert.Null(FactWorld.Detect(detector, JsonSerializer.Serialize(new object[] { "x", 1 })));
    }

    [Theory]
    [InlineData("""["a","b","a"]""", "3")]
    [InlineData("[]", "0")]
    [InlineData("""[[1,2],[3]]""", "2")]
    [InlineData("\"a\"", "1")]
    [InlineData("null", "1")]
    public void Elements_are_counted_with_their_repetitions(string json, string count) =>
        Assert.Equal($"{{count: {count}}}", FactWorld.Detect("elements", json));
}
