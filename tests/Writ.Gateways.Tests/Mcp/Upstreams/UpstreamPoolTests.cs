using System.Net;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class UpstreamPoolTests
{
    private static HttpServerDefinition Http(string host) => new() { Endpoint = new Uri($"https://{host}/mcp"), AllowedAddresses = [IPNetwork.Parse("10.0.0.0/8")] };

    [Fact]
    public async Task T84_organizations_servers_and_identities_never_share_a_process()
    {
        await using var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
        var keys = from o in "ab" from s in "ab" from i in "ab" select new UpstreamKey($"{o}", $"{s}", $"{i}");
        var upstreams = keys.Select(key => pool.Get(key, Misbehaving.Definition())!).ToArray();
        Assert.Equal(8, upstreams.Distinct().Count());
        Assert.Same(upstreams[0], pool.Get(new UpstreamKey("a", "a", "a"), Misbehaving.Definition()));

        await pool.CloseAsync(key => key.Identity == "b");
        Assert.Equal(4, upstreams.Count(u => u.State == UpstreamState.Closed));
    }

    [Fact]
    public async Task A_changed_definition_replaces_the_upstream()
    {
        await using var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
        var key = new UpstreamKey("o", "s", "");
        var first = pool.Get(key, Http("one.example"))!;
        Assert.Same(first, pool.Get(key, Http("one.example")));
        Assert.NotSame(first, pool.Get(key, Http("two.example")));
        Assert.Equal(UpstreamState.Closed, first.State);
    }

    [Fact]
    public async Task An_upstream_that_nobody_asks_for_is_ended_and_one_in_use_is_not()
    {
        var time = new FakeTime();
        await using var pool = new UpstreamPool(new Bubblewrap(), [], time);
        var (used, idle) = (pool.Get(new UpstreamKey("o", "used", ""), Http("one.example"))!, pool.Get(new UpstreamKey("o", "idle", ""), Http("one.example"))!);
        time.Advance(TimeSpan.FromMinutes(20));
        pool.Get(new UpstreamKey("o", "used", ""), Http("one.example"));
        time.Advance(TimeSpan.FromMinutes(10));
        pool.Get(new UpstreamKey("o", "new", ""), Http("one.example"));
        Assert.Equal((UpstreamState.Idle, UpstreamState.Closed), (used.State, idle.State));
    }

    [Fact]
    public async Task The_pool_is_bounded_and_gives_nothing_once_closed()
    {
        var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
        Assert.All(Enumerable.Range(0, UpstreamPool.Capacity), i => Assert.NotNull(pool.Get(new UpstreamKey("o", $"s{i}", ""), Http("one.example"))));
        Assert.Null(pool.Get(new UpstreamKey("o", "one more", ""), Http("one.example")));
        await pool.DisposeAsync();
        Assert.Null(pool.Get(new UpstreamKey("o", "s0", ""), Http("one.example")));
    }
}
