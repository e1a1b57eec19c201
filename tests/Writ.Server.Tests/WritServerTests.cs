using System.Net;
using System.Net.Sockets;
using Writ.Server.Configuration;

namespace Writ.Server.Tests;

public sealed class WritServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-start-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Configuration => Path.Combine(_folder, "config");

    [Fact]
    public async Task A_second_process_over_the_same_folders_is_refused_and_disturbs_nothing()
    {
        await using var first = await StartedAsync();
        var token = await File.ReadAllTextAsync(Path.Combine(Configuration, "administrator.token"), Stop);
        Assert.Equal("WRIT2021", (await RefusedAsync()).Code);
        Assert.Equal("WRIT2021", (await RefusedAsync(o => o with { DataFolder = Path.Combine(_folder, "other") })).Code);
        Assert.Equal(token, await File.ReadAllTextAsync(Path.Combine(Configuration, "administrator.token"), Stop));
        using var client = new HttpClient();
        Assert.Equal("ready\n", await client.GetStringAsync(new Uri(first.Address, "/readyz"), Stop));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_plain_refusal_and_leaves_nothing_locked()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var refused = await RefusedAsync(o => o with { Listen = (IPEndPoint)other.LocalEndpoint });
        Assert.Equal("WRIT9206", refused.Code);
        Assert.DoesNotContain('\n', refused.Message);
        await using var second = await StartedAsync();
    }

    [Fact]
    public async Task An_address_that_is_not_here_is_a_plain_refusal_and_leaves_nothing_locked()
    {
        Assert.Equal("WRIT9206", (await RefusedAsync(o => o with { Listen = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0) })).Code);
        await using var second = await StartedAsync();
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing_locked()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WritServer.StartAsync(RunningServer.OptionsIn(_folder), TimeProvider.System, cancelled.Token));
        await using var second = await StartedAsync();
    }

    [Theory]
    [InlineData("data")]
    [InlineData("config")]
    public async Task A_folder_that_cannot_be_made_is_a_plain_refusal(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, name), "a file", Stop);
        var refused = await RefusedAsync();
        Assert.Equal("WRIT9200", refused.Code);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_folder_that_everybody_may_write_to_is_refused()
    {
        await (await StartedAsync()).DisposeAsync();
        File.SetUnixFileMode(Configuration, (UnixFileMode)0b111_111_111);
        Assert.Equal("WRIT9207", (await RefusedAsync()).Code);
        File.SetUnixFileMode(Configuration, (UnixFileMode)0b111_000_000);
        await using var second = await StartedAsync();
    }

    [Theory]
    [InlineData("signing.key")]
    [InlineData("pepper.key")]
    [InlineData("master.key")]
    public async Task A_key_that_is_open_to_others_or_garbage_or_gone_is_never_used_nor_made_anew(string name)
    {
        await (await StartedAsync()).DisposeAsync();
        var path = Path.Combine(Configuration, name);
        var good = await File.ReadAllBytesAsync(path, Stop);

        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
        await AssertRefusedAsync();
        File.SetUnixFileMode(path, (UnixFileMode)0b110_000_000);
        await File.WriteAllBytesAsync(path, [0, 255, 10, 13, 27], Stop);
        await AssertRefusedAsync();
        await File.WriteAllBytesAsync(path, [], Stop);
        await AssertRefusedAsync();
        File.Delete(path);
        await AssertRefusedAsync();
        Assert.False(File.Exists(path));

        await File.WriteAllBytesAsync(path, good, Stop);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_000_000);
        await using var second = await StartedAsync();

        async Task AssertRefusedAsync()
        {
            var refused = await RefusedAsync();
            Assert.True(refused.Code is "WRIT9201" or "WRIT9202", refused.ToString());
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public async Task A_vault_that_is_gone_as_a_whole_is_not_taken_for_a_beginning()
    {
        await (await StartedAsync()).DisposeAsync();
        File.Delete(Path.Combine(_folder, "data", "vault.keys"));
        File.Delete(Path.Combine(Configuration, "master.key"));
        Assert.Equal("WRIT9202", (await RefusedAsync()).Code);
        Assert.False(File.Exists(Path.Combine(Configuration, "master.key")));
    }

    [Fact]
    public async Task Stopping_and_starting_again_keeps_everything_and_makes_no_second_administrator()
    {
        await (await StartedAsync()).DisposeAsync();
        var path = Path.Combine(Configuration, "administrator.token");
        var token = await File.ReadAllTextAsync(path, Stop);
        await using var second = await StartedAsync();
        Assert.Equal(token, await File.ReadAllTextAsync(path, Stop));
        using var client = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {token.Trim()}" } } };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(second.Address, "/v1/agents"), Stop)).StatusCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<WritServer> StartedAsync() =>
        Assert.IsType<ServerStart.Started>(await WritServer.StartAsync(RunningServer.OptionsIn(_folder), TimeProvider.System, Stop)).Server;

    private async Task<ServerStart.Refused> RefusedAsync(Func<ServerOptions, ServerOptions>? with = null)
    {
        var options = RunningServer.OptionsIn(_folder);
        return Assert.IsType<ServerStart.Refused>(await WritServer.StartAsync(with is null ? options : with(options), TimeProvider.System, Stop));
    }
}
