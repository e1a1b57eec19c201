using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Writ.Server.Configuration;

namespace Writ.Server.Tests.Configuration;

public sealed class ConfigurationProblemTests : IDisposable
{
    private readonly Installation _here = new();

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("lisen: 127.0.0.1:1", "WRIT9003", 1, 1, "did you mean 'listen'?")]
    [InlineData("data-folder: /a", "WRIT9003", 1, 1, "did you mean 'data_folder'?")]
    [InlineData("\nupstream_timeout: 5s", "WRIT9003", 2, 1, "did you mean 'limits.upstream_timeout'?")]
    [InlineData("limits:\n  upstream_tiemout: 5s", "WRIT9003", 2, 3, "did you mean 'limits.upstream_timeout'?")]
    [InlineData("limits:\n  admission:\n    rate_per_agent: 1/s", "WRIT9003", 3, 5, "known here: rate_per_credential")]
    [InlineData("servers:\n  - command: [sh]", "WRIT9003", 1, 1, "unknown key 'servers'; known here: data_folder")]
    [InlineData("limits.upstream_timeout: 5s", "WRIT9003", 1, 1, "nested")]
    [InlineData("Listen: 127.0.0.1:1", "WRIT9003", 1, 1, "did you mean 'listen'?")]
    [InlineData("listen: 127.0.0.1:1\nlog_level: error\nlisten: 127.0.0.1:2", "WRIT9004", 3, 1, "first on line 1")]
    [InlineData("limits: {}\nlimits: {}", "WRIT9004", 2, 1, "'limits' is given twice")]
    [InlineData("bogus: 1\nbogus: 2", "WRIT9003", 1, 1, "unknown key 'bogus'", 2)]
    [InlineData("listen: [127.0.0.1:1]", "WRIT9005", 1, 9, "'listen' is a list; expected ADDRESS:PORT")]
    [InlineData("listen:", "WRIT9005", 1, 8, "'listen' has no value")]
    [InlineData("listen: ~", "WRIT9005", 1, 9, "'listen' has no value")]
    [InlineData("listen: {port: 1}", "WRIT9005", 1, 9, "'listen' is a mapping")]
    [InlineData("limits: 5", "WRIT9005", 1, 9, "'limits' is a single value; expected a mapping with keys such as 'mcp_body_bytes:'")]
    [InlineData("limits:\nledger: {}", "WRIT9005", 1, 8, "'limits' is empty")]
    [InlineData("- listen: 127.0.0.1:1", "WRIT9005", 1, 1, "writ.yaml is a list")]
    [InlineData("? [a, b]\n: c", "WRIT9005", 1, 3, "a key is a list; expected a word")]
    [InlineData("listen: 127.0.0.1", "WRIT9006", 1, 9, "expected ADDRESS:PORT such as 127.0.0.1:7070")]
    [InlineData("listen: 127.1:7070", "WRIT9006", 1, 9, "expected ADDRESS:PORT")]
    [InlineData("listen: 0127.0.0.1:7070", "WRIT9006", 1, 9, "expected ADDRESS:PORT")]
    [InlineData("listen: writ.example:7070", "WRIT9006", 1, 9, "expected ADDRESS:PORT")]
    [InlineData("listen: 127.0.0.1:70700", "WRIT9007", 1, 9, "a port is 0 to 65535")]
    [InlineData("listen: 0.0.0.0:7070", "WRIT9008", 1, 9, "without TLS")]
    [InlineData("listen: \"[::]:7070\"", "WRIT9008", 1, 9, "without TLS")]
    [InlineData("public_url: http://writ.example", "WRIT9007", 1, 13, "https")]
    [InlineData("public_url: https://writ.example/path", "WRIT9006", 1, 13, "without a path")]
    [InlineData("trust_domain: Acme.example", "WRIT9006", 1, 15, "lower-case")]
    [InlineData("trust_domain: \"\"", "WRIT9006", 1, 15, "expected a SPIFFE trust domain")]
    [InlineData("log_level: verbose", "WRIT9006", 1, 12, "expected debug, information, warning or error")]
    [InlineData("limits: { mcp_body_bytes: 4MB }", "WRIT9006", 1, 27, "4 MiB")]
    [InlineData("limits: { mcp_body_bytes: -1 }", "WRIT9006", 1, 27, "4 MiB")]
    [InlineData("limits: { mcp_body_bytes: 10 }", "WRIT9007", 1, 27, "at least 1,024 and at most 268,435,456 bytes")]
    [InlineData("limits: { mcp_body_bytes: 999999999 GiB }", "WRIT9007", 1, 27, "at most 268,435,456 bytes")]
    [InlineData("limits: { upstream_timeout: 60 }", "WRIT9006", 1, 29, "a duration such as 500ms, 60s, 5m or 1h")]
    [InlineData("limits: { upstream_timeout: 60 seconds }", "WRIT9006", 1, 29, "a duration")]
    [InlineData("limits: { upstream_timeout: 1.5h }", "WRIT9006", 1, 29, "a duration")]
    [InlineData("limits: { upstream_timeout: 0s }", "WRIT9007", 1, 29, "at least 1s and at most 1h")]
    [InlineData("limits: { admission: { rate_per_credential: 100 } }", "WRIT9006", 1, 45, "a rate such as 20/s")]
    [InlineData("limits: { admission: { rate_per_credential: 0/s } }", "WRIT9007", 1, 45, "above 0")]
    [InlineData("limits: { admission: { concurrent_per_credential: 0 } }", "WRIT9007", 1, 51, "at least 1")]
    [InlineData("limits: { admission: { concurrent_per_credential: many } }", "WRIT9006", 1, 51, "a whole number")]
    [InlineData("ledger: { segment_bytes: 40000001 }", "WRIT9007", 1, 26, "a multiple of 512 bytes")]
    [InlineData("ledger: { segment_bytes: 32 MiB, reserve_bytes: 9 MiB }", "WRIT9007", 1, 49, "more than a quarter")]
    [InlineData("ledger: { segment_bytes: 1 MiB }", "WRIT9007", 1, 26, "at least 33,554,432")]
    [InlineData("ledger: { checkpoint_interval: 1ms }", "WRIT9007", 1, 32, "at least 100ms")]
    [InlineData("ledger: { scrub_bytes_per_second: 1 KiB }", "WRIT9007", 1, 35, "at least 65,536")]
    [InlineData("archive: { target: /srv/archive }", "WRIT9006", 1, 20, "folder:/PATH or s3://BUCKET/PREFIX")]
    [InlineData("archive: { target: \"folder:archive\" }", "WRIT9006", 1, 20, "folder:/PATH")]
    [InlineData("archive: { target: \"s3://Bucket\" }", "WRIT9006", 1, 20, "s3://BUCKET")]
    [InlineData("archive: { target: \"s3://bucket/../x?y\" }", "WRIT9006", 1, 20, "s3://BUCKET")]
    [InlineData("archive: { target: \"folder:/a\", s3_region: eu-central-1 }", "WRIT9007", 1, 44, "says nothing about folder:/a")]
    [InlineData("archive: { s3_endpoint: \"http://s3.example\" }", "WRIT9006", 1, 25, "http on this machine only")]
    [InlineData("archive: { s3_endpoint: \"https://key:secret@s3.example\" }", "WRIT9006", 1, 25, "https://HOST:PORT")]
    [InlineData("archive: { retain_days: 0 }", "WRIT9007", 1, 25, "at least 1")]
    [InlineData("data_folder: \"/a\\0b\"", "WRIT9006", 1, 14, "expected a folder")]
    [InlineData("listen: &here 127.0.0.1:1", "WRIT9002", 1, 9, "anchors")]
    [InlineData("listen: *here", "WRIT9005", 1, 9, "an alias")]
    [InlineData("listen: !!str 127.0.0.1:1", "WRIT9002", 1, 9, "tags")]
    [InlineData("log_level: error\n---\nlog_level: debug", "WRIT9002", 2, 1, "a second document")]
    [InlineData("log_level: error\nlisten: \"unclosed", "WRIT9002", 2, 9, "this is not YAML")]
    [InlineData("limits: {", "WRIT9002", 2, 1, "this is not YAML")]
    public void A_wrong_file_is_refused_with_its_place_and_what_was_expected(string yaml, string code, int line, int column, string says, int problems = 1)
    {
        var found = _here.Write(yaml).Problems();
        Assert.Equal(problems, found.Count);
        Assert.Equal((code, _here.File, line, column), (found[0].Code, found[0].Source, found[0].Line, found[0].Column));
        Assert.Contains(says, found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_all_sources_are_listed_and_nothing_is_loaded()
    {
        var problems = _here.Write("lisen: 1\nlimits:\n  upstream_timeout: 60\n  bogus: [1, {a: b}]\ntrust_domain: A\n")
            .Set("WRIT_LOG_LEVEL", "loud")
            .Problems(new SettingFlag("--listen", "listen", "everywhere"), new SettingFlag("--set", "ledger.segments", "1"));
        Assert.Equal(
            [
                $"{_here.File}:1:1", $"{_here.File}:3:21", $"{_here.File}:4:3", $"{_here.File}:5:15", "--set", "--listen", "WRIT_LOG_LEVEL",
            ],
            problems.Select(p => p.Place).OrderBy(p => p.StartsWith('/') ? 0 : p.Contains("set") ? 1 : p.StartsWith('-') ? 2 : 3));
        Assert.StartsWith($"{_here.File}:1:1: WRIT9003 unknown key 'lisen'", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void T65_a_file_that_cannot_be_read_is_never_passed_over()
    {
        Assert.Equal("WRIT9001", Only(_here.Load(Path.Combine(_here.Home, "absent.yaml"))).Code);
        Assert.Equal("WRIT9001", Only(_here.Load(_here.Home)).Code);

        _here.Write("");
        File.WriteAllBytes(_here.File, [(byte)'a', 0xFF, 0xFE]);
        Assert.Contains("UTF-8", _here.Problem().Message, StringComparison.Ordinal);
        File.WriteAllText(_here.File, "log_level: error\0\nlisten: nowhere");
        Assert.Contains("NUL", _here.Problem().Message, StringComparison.Ordinal);
        File.WriteAllBytes(_here.File, Encoding.UTF8.GetBytes(new string('#', 300 * 1024)));
        Assert.Contains("longer than 64 KiB", _here.Problem().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void T23_a_variable_that_can_only_have_meant_a_setting_is_an_error_and_others_programs_are_left_alone()
    {
        Assert.Contains("WRIT_LISTEN", _here.Set("WRIT_LISTE", "x").Problem().Message, StringComparison.Ordinal);
        Assert.Equal("WRIT9003", _here.Set("WRIT_LISTE", null).Set("WRIT_LIMITS_BUDGET", "5").Problem().Code);
        Assert.Equal("writ_listen", _here.Set("WRIT_LIMITS_BUDGET", null).Set("writ_listen", "x").Problem().Source);
        _here.Set("writ_listen", null).Set("WRIT_SERVICE_HOST", "10.0.0.1").Set("WRIT_LEDGER_PORT_7070_TCP", "tcp://10.0.0.1:7070")
            .Set("WRIT_URL", "http://x").Set("WRIT_TOKEN", "wpt_x").Set("WRIT_CORPORA", "/x").Options();
    }

    [Fact]
    public void A_flag_given_twice_is_refused()
    {
        var problem = _here.Problem(new SettingFlag("--data", "data_folder", "/a"), new SettingFlag("--set", "data_folder", "/b"));
        Assert.Equal(("WRIT9004", "--set"), (problem.Code, problem.Source));
    }

    [Theory]
    [InlineData("data_folder: /x/writ/data\nconfiguration_folder: /x/writ", 1)]
    [InlineData("data_folder: /x/writ\nconfiguration_folder: /x/writ/keys", 2)]
    [InlineData("data_folder: /x/writ\nconfiguration_folder: /x/writ/", 1)]
    [InlineData("data_folder: /\nconfiguration_folder: /x", 2)]
    [InlineData("data_folder: /x/a/../writ\nconfiguration_folder: /x/writ/b/..", 1)]
    [InlineData("data_folder: /x/data\nconfiguration_folder: /x/keys\narchive:\n  target: folder:/x/data/archive", 4)]
    [InlineData("data_folder: /x/data\nconfiguration_folder: /x/keys\narchive:\n  target: folder:/x", 4)]
    [InlineData("data_folder: /x/data\nconfiguration_folder: /x/keys\nmaster_key_file: /x/data/master.key", 3)]
    public void Keys_and_data_in_one_folder_are_refused(string yaml, int line)
    {
        var problem = _here.Write(yaml).Problem();
        Assert.Equal(("WRIT9009", line), (problem.Code, problem.Line));
    }

    [Fact]
    public void Folders_that_only_begin_alike_are_accepted() =>
        Assert.Equal("/x/writ-data", _here.Write("data_folder: /x/writ-data\nconfiguration_folder: /x/writ").Options().DataFolder);

    [Fact]
    public void A_link_does_not_hide_that_the_folders_are_one()
    {
        Directory.CreateDirectory(Path.Combine(_here.Home, "real", "keys"));
        Directory.CreateSymbolicLink(Path.Combine(_here.Home, "link"), "real/../real");
        Assert.Equal("WRIT9009", _here.Write("data_folder: ~/real\nconfiguration_folder: ~/link/keys").Problem().Code);
    }

    [Fact]
    public void Without_a_home_the_folders_have_to_be_given()
    {
        _here.Set("HOME", null);
        Assert.Equal(["WRIT9010", "WRIT9010"], _here.Problems().Select(p => p.Code));
        Assert.Equal("/a", _here.Set("WRIT_DATA_FOLDER", "/a").Set("WRIT_CONFIGURATION_FOLDER", "/b").Options().DataFolder);
        Assert.Contains("HOME", _here.Set("WRIT_DATA_FOLDER", "~/a").Problem().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_passed_over_without_harm() =>
        Assert.NotEmpty(_here.Write("bogus: " + new string('[', 20_000)).Problems());

    [Fact]
    public void Any_text_is_loaded_whole_or_refused_with_a_reason()
    {
        string[] words = ["listen", "limits", "data_folder", ":", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", "&a ", "*a", "!t ", "\"", "'", "|", ">", "#", "? ", "%", "---", "...", "\t", "\0", "é", "1", ","];
        Prop.ForAll(
            Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary(),
            yaml =>
            {
                var result = _here.Write(yaml).Load(_here.File);
                return result is ConfigurationResult.Loaded || result is ConfigurationResult.Refused { Problems.Count: > 0 };
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    private static ConfigurationProblem Only(ConfigurationResult result) =>
        Assert.Single(Assert.IsType<ConfigurationResult.Refused>(result).Problems);
}
