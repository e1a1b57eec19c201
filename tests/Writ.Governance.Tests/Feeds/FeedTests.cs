using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Feeds;
using Writ.Governance.Feeds.Formats;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Tests.Feeds;

public sealed class FeedTests
{
    private static readonly Feed Good = new() { Id = Guid.Parse("019b2f6e-0000-7000-9000-000000000001"), Name = "siem", Url = "https://siem.example/hook", Format = FeedFormat.Ocsf, Where = "outcome = DENY" };

    [Fact]
    public void A_plain_one_has_no_problem_and_reads_back_as_it_was_written()
    {
        Assert.Null(Good.Problem);
        var json = JsonSerializer.Serialize(Good with { AllowedAddresses = ["10.0.0.0/8"] }, StrictJson.Options);
        Assert.Contains("\"format\":\"ocsf\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("transport", json, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("10.0.0.0/8", Assert.Single(JsonSerializer.Deserialize<Feed>(json, StrictJson.Options)!.AllowedAddresses));
    }

    [Theory]
    [InlineData("https://siem.example", FeedTransport.Webhook)]
    [InlineData("http://10.0.0.1:8080/hook", FeedTransport.Webhook)]
    [InlineData("syslog+tls://siem.example:6514", FeedTransport.SyslogTls)]
    [InlineData("syslog+tcp://[::1]:601", FeedTransport.SyslogTcp)]
    [InlineData("syslog+udp://10.0.0.1:514/", FeedTransport.SyslogUdp)]
    public void The_scheme_says_how(string url, FeedTransport transport)
    {
        Assert.Null((Good with { Url = url }).Problem);
        Assert.Equal(transport, (Good with { Url = url }).Transport);
    }

    [Theory]
    [InlineData("""{"name":"a--b"}""", "name")]
    [InlineData("""{"url":"siem.example"}""", "url")]
    [InlineData("""{"url":"file:///etc/passwd"}""", "url")]
    [InlineData("""{"url":"syslog://siem.example:514"}""", "url")]
    [InlineData("""{"url":"syslog+tls://siem.example"}""", "port")]
    [InlineData("""{"url":"syslog+tcp://siem.example:514/path"}""", "port")]
    [InlineData("""{"url":"https://user:secret@siem.example/"}""", "password")]
    [InlineData("""{"url":"https://siem.example/?token=secret"}""", "query")]
    [InlineData("""{"url":"https://siem.example/#x"}""", "fragment")]
    [InlineData("""{"where":""}""", "where")]
    [InlineData("""{"allowed_addresses":["localhost"]}""", "allowed_addresses")]
    public void One_that_cannot_be_used_says_which_member_and_what_to_write(string change, string names)
    {
        var node = JsonSerializer.SerializeToNode(Good, StrictJson.Options)!;
        foreach (var (member, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
            node[member] = value?.DeepClone();
        Assert.Contains(names, node.Deserialize<Feed>(StrictJson.Options)!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_alone_adds_and_removes_them_and_both_are_in_the_control_log()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new FeedRegistered(Good, 3, 4)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new FeedRegistered(Good, 3, 4)));
        Assert.Equal((3, 4), (world.State.Feeds["siem"].DecisionsFrom, world.State.Feeds["siem"].ControlFrom));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new FeedRemoved("siem", "tired of it")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new FeedRemoved("siem", "moved")));
        Assert.Empty(world.State.Feeds);
        Assert.Equal(["feed.registered", "feed.removed"], world.ControlLog.Records.TakeLast(2).Select(r => r.GetProperty("action").GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_replaced_and_there_are_only_so_many()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new FeedRegistered(Good, 0, 0));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new FeedRegistered(Good with { Url = "https://evil.example/" }, 0, 0)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new FeedRegistered(Good with { Name = "b", Url = "ftp://x" }, 0, 0)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new FeedRegistered(Good with { Name = "b" }, -1, 0)));
        for (var i = 1; i < FeedChanges.MostFeeds; i++)
            await world.TakeAsync(new FeedRegistered(Good with { Name = $"siem-{i}" }, 0, 0));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new FeedRegistered(Good with { Name = "one-more" }, 0, 0)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new FeedRemoved("one-more", "x")));
    }

    [Fact]
    public async Task A_full_disk_lets_nothing_out_that_is_not_recorded()
    {
        using var world = await World.WithAsync(World.PermitAll);
        world.ControlLog.IsFull = true;
        Assert.IsType<ControlOutcome.NotRecorded>(await world.TakeAsAsync("sam", new FeedRegistered(Good, 0, 0)));
        Assert.Empty(world.State.Feeds);
    }
}
