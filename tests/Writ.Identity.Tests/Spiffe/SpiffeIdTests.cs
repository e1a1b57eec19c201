using System.Text.Json;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.Spiffe;

public sealed class SpiffeIdTests
{
    private static readonly Guid Agent = new("01890a5d-ac96-774b-bcce-b302099a8057");

    [Fact]
    public void Every_published_case_is_read_or_refused()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("identity/spiffe/spiffe-id-cases.json")));
        var count = 0;
        foreach (var item in cases.RootElement.GetProperty("ok").EnumerateArray())
        {
            var text = item.GetProperty("in").GetString();
            Assert.True(SpiffeId.TryParse(text, out var id, out var fault), $"{text}: {fault}");
            Assert.Equal(item.GetProperty("trustDomain").GetString(), id.TrustDomain.ToString());
            Assert.Equal(item.GetProperty("path").GetString(), id.Path.ToString());
            Assert.Equal(text, id.ToString());
            count++;
        }

        foreach (var item in cases.RootElement.GetProperty("bad").EnumerateArray())
        {
            var text = item.GetProperty("in").GetString();
            Assert.False(SpiffeId.TryParse(text, out _, out var fault), $"{text} should be refused: {item.GetProperty("why")}");
            Assert.NotEqual(SpiffeIdFault.None, fault);
            count++;
        }

        Assert.Equal(544, count);
    }

    [Theory]
    [InlineData(null, SpiffeIdFault.WrongScheme)]
    [InlineData("https://td/p", SpiffeIdFault.WrongScheme)]
    [InlineData("SPIFFE://td/p", SpiffeIdFault.WrongScheme)]
    [InlineData(" spiffe://td/p", SpiffeIdFault.WrongScheme)]
    [InlineData("spiffe:///p", SpiffeIdFault.MissingTrustDomain)]
    [InlineData("spiffe://td:8443/p", SpiffeIdFault.WrongTrustDomainCharacter)]
    [InlineData("spiffe://user@td/p", SpiffeIdFault.WrongTrustDomainCharacter)]
    [InlineData("spiffe://TD/p", SpiffeIdFault.WrongTrustDomainCharacter)]
    [InlineData("spiffe://td?x", SpiffeIdFault.WrongTrustDomainCharacter)]
    [InlineData("spiffe://td/", SpiffeIdFault.EmptySegment)]
    [InlineData("spiffe://td/a/", SpiffeIdFault.EmptySegment)]
    [InlineData("spiffe://td//a", SpiffeIdFault.EmptySegment)]
    [InlineData("spiffe://td/./a", SpiffeIdFault.DotSegment)]
    [InlineData("spiffe://td/a/..", SpiffeIdFault.DotSegment)]
    [InlineData("spiffe://td/%2e%2e", SpiffeIdFault.WrongPathCharacter)]
    [InlineData("spiffe://td/a?q", SpiffeIdFault.WrongPathCharacter)]
    [InlineData("spiffe://td/a#f", SpiffeIdFault.WrongPathCharacter)]
    [InlineData("spiffe://td/\u00e4", SpiffeIdFault.WrongPathCharacter)]
    [InlineData("spiffe://td/a\n", SpiffeIdFault.WrongPathCharacter)]
    public void What_breaks_a_rule_is_refused_with_the_rule(string? text, SpiffeIdFault expected)
    {
        Assert.False(SpiffeId.TryParse(text, out var id, out var fault));
        Assert.Null(id);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Lengths_are_bounded_inclusively()
    {
        Assert.True(SpiffeId.TryParse("spiffe://" + new string('a', 255), out _, out _));
        Assert.False(SpiffeId.TryParse("spiffe://" + new string('a', 256), out _, out var fault));
        Assert.Equal(SpiffeIdFault.TrustDomainTooLong, fault);
        Assert.True(SpiffeId.TryParse("spiffe://td/" + new string('a', 2048 - 12), out _, out _));
        Assert.False(SpiffeId.TryParse("spiffe://td/" + new string('a', 2049 - 12), out _, out fault));
        Assert.Equal(SpiffeIdFault.TooLong, fault);
    }

    [Theory]
    [InlineData("spiffe://trust.domain")]
    [InlineData("spiffe://trust.domain/a")]
    public void T53_no_slash_is_added_or_taken(string text)
    {
        Assert.True(SpiffeId.TryParse(text, out var id, out _));
        Assert.Equal(text, id.ToString());
        Assert.False(SpiffeId.TryParse(text + "/", out _, out _));
        Assert.Equal(text.Length - "spiffe://trust.domain".Length, id.Path.Length);
    }

    [Fact]
    public void An_agents_id_carries_its_uuid_and_nothing_else()
    {
        var id = SpiffeId.ForAgent("acme.example", Agent);
        Assert.Equal("spiffe://acme.example/agent/01890a5d-ac96-774b-bcce-b302099a8057", id.ToString());
        Assert.True(id.TryGetAgent(out var agent));
        Assert.Equal(Agent, agent);
        Assert.True(SpiffeId.TryParse(id.ToString(), out var again, out _));
        Assert.Equal(id, again);
    }

    [Theory]
    [InlineData("spiffe://td")]
    [InlineData("spiffe://td/agent")]
    [InlineData("spiffe://td/Agent/01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("spiffe://td/agent/01890A5D-ac96-774b-bcce-b302099a8057")]
    [InlineData("spiffe://td/agent/01890a5dac96774bbcceb302099a8057")]
    [InlineData("spiffe://td/agent/01890a5d-ac96-774b-bcce-b302099a8057/x")]
    [InlineData("spiffe://td/x/agent/01890a5d-ac96-774b-bcce-b302099a8057")]
    public void Another_path_is_no_agents(string text)
    {
        Assert.True(SpiffeId.TryParse(text, out var id, out _));
        Assert.False(id.TryGetAgent(out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("td/evil")]
    [InlineData("TD")]
    [InlineData("td/agent/x#")]
    public void An_agents_trust_domain_cannot_smuggle_a_path(string trustDomain) =>
        Assert.Throws<ArgumentException>(() => SpiffeId.ForAgent(trustDomain, Agent));
}
