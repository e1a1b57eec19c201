using Writ.Testing;

namespace Writ.Cli.Tests;

/// <summary>A log that has nothing to do with Writ: the test log of Tessera, as a folder of tiles.</summary>
public sealed class ForeignLogTests
{
    private const string Key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    [Fact]
    public async Task It_is_checked_like_one_of_ours_and_is_silent_where_it_says_no_time()
    {
        var folder = Corpora.Require("tlog/tessera-posix-log/testdata/log");
        var run = await CliRun.OfAsync("ledger", "verify", folder, "--key", Key);
        Assert.True(run.Exit == 0, run.Error + run.Output);
        Assert.Contains("example.com/log/testdata", run.Output, StringComparison.Ordinal);
        var silent = await CliRun.OfAsync("ledger", "verify", folder, "--key", Key, "--alive-within", "1h");
        Assert.Equal(1, silent.Exit);
        Assert.Contains("WRIT2049", silent.Output, StringComparison.Ordinal);
        foreach (var wrong in new[] { "1", "h", "0h", "-1h", "1w", "99999d", "1.5h" })
            Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", folder, "--key", Key, "--alive-within", wrong)).Exit);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", folder, "--key", "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O")).Exit);
    }
}
