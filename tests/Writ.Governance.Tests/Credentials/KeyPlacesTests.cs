using System.Net;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Testing;

namespace Writ.Governance.Tests.Credentials;

public sealed class KeyPlacesTests
{
    private readonly FakeTime _time = new();
    private readonly KeyPlaces _places;

    public KeyPlacesTests() => _places = new KeyPlaces(_time);

    [Fact]
    public void A_key_that_is_used_from_two_networks_soon_after_each_other_is_noted_once_an_hour()
    {
        Use("192.0.2.1");
        Use("192.0.2.200"); // the same network
        Use("::ffff:192.0.2.3"); // the same address in another notation
        Assert.Empty(_places.Take());
        _time.Advance(KeyPlaces.Window - TimeSpan.FromSeconds(1));
        Use("198.51.100.7");
        var noted = Assert.Single(_places.Take());
        Assert.Equal(("192.0.2.0/24", "198.51.100.0/24", 599.0), (noted.First.ToString(), noted.Then.ToString(), noted.Apart.TotalSeconds));
        for (var i = 0; i < 10; i++)
            Use(i % 2 == 0 ? "192.0.2.1" : "198.51.100.7");
        Assert.Empty(_places.Take());
        _time.Advance(KeyPlaces.Quiet);
        Use("192.0.2.1");
        Use("198.51.100.7");
        Assert.Single(_places.Take());
    }

    [Fact]
    public void A_key_that_moved_is_not_noted_and_neither_are_two_keys()
    {
        Use("192.0.2.1");
        _time.Advance(KeyPlaces.Window);
        Use("198.51.100.7");
        Use("192.0.2.1", "other");
        _places.See(World.Organization, Key("third"), null);
        Assert.Empty(_places.Take());
    }

    [Theory]
    [InlineData("2001:db8:1:ffff::1", "2001:db8:1::/48")]
    [InlineData("10.1.2.3", "10.1.2.0/24")]
    public void Of_an_address_only_the_network_is_kept(string address, string network) => Assert.Equal(network, SourceNetwork.Of(IPAddress.Parse(address)).ToString());

    [Fact]
    public void What_waits_is_bounded_and_what_found_no_room_is_noted_later()
    {
        for (var i = 0; i < 3_000; i++)
        {
            Use("192.0.2.1", $"key-{i}");
            Use("198.51.100.7", $"key-{i}");
        }

        Assert.Equal(1_024, _places.Take().Count);
        Use("192.0.2.1", "key-2999");
        Assert.Single(_places.Take());
    }

    private void Use(string address, string key = "key") => _places.See(World.Organization, Key(key), IPAddress.Parse(address));

    private static AgentKey Key(string id) => new(id, default, "", DateTimeOffset.MaxValue);
}
