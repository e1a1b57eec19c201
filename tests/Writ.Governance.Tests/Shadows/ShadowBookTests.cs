using System.Net;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Shadows;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Shadows;

public sealed class ShadowBookTests
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.7");

    [Fact]
    public async Task Who_knocks_is_known_again_by_what_it_showed()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var book = Book(world);
        book.Note(new Knock("Bearer sk-foreign", Here, "mcp", "/mcp/desk tools/call pay", "langgraph/1.0"));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        book.Note(new Knock("Bearer sk-foreign", IPAddress.Parse("8.8.8.8"), "decision-api", "/access/v1/evaluation", "langgraph/1.0"));
        book.Note(new Knock("Basic dXNlcjpwYXNz", Here, "mcp", "/mcp", null));
        book.Note(new Knock("", Here, "mcp", "/mcp", "curl/8"));
        book.Note(new Knock("", Here, "mcp", "/mcp", "other/1"));
        var shadows = book.Of(World.Organization);
        Assert.Equal(["foreign", "none", "none", "token"], shadows.Select(s => s.Credential).Order());
        var twice = shadows.Single(s => s.Credential == "token");
        Assert.Equal((2, AddressClass.Public, "langgraph/1.0"), (twice.Count, twice.Address, twice.Client));
        Assert.Equal(["decision-api", "mcp"], twice.Doors);
        Assert.Equal(["/access/v1/evaluation", "/mcp/desk tools/call pay"], twice.Tried);
        Assert.Equal(TimeSpan.FromMinutes(5), twice.LastSeen - twice.FirstSeen);
    }

    [Fact]
    public async Task A_token_that_was_issued_once_leads_to_its_organization_and_shows_its_public_part()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var book = Book(world);
        var keyId = world.State.AgentKeys.Keys.Single();
        await world.TakeAsync(new AgentKeyRevoked(world.Agent, keyId, "x"));
        book.Note(new Knock("Bearer " + world.Key, Here, "mcp", "/mcp", null));
        book.Note(new Knock("Bearer " + world.Issuer.Issue(TokenKind.AgentKey).Token, Here, "mcp", "/mcp", null));
        Assert.Equal([keyId, null], book.Of(World.Organization).OrderByDescending(s => s.KeyId is not null).Select(s => s.KeyId));
        Assert.All(book.Of(World.Organization), s => Assert.Equal("agent-key", s.Credential));
    }

    [Fact]
    public async Task T81_what_a_shadow_agent_says_is_inert_and_what_it_showed_is_kept_nowhere()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var book = Book(world);
        book.Note(new Knock("Bearer sk-secret-of-another", Here, "mcp", "/mcp tools/call \u001b[2Jwipe\u202e" + new string('x', 500), "ag\u200bent\n\u0007" + new string('y', 500)));
        var shadow = Assert.Single(book.Of(World.Organization));
        Assert.DoesNotContain("secret", shadow.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.7", shadow.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("agent", shadow.Client, StringComparison.Ordinal);
        Assert.All(shadow.Tried.Append(shadow.Client!), text => Assert.True(text.Length <= 96 && !text.Any(c => char.IsControl(c) || c is '\u202e' or '\u200b')));
        Assert.NotEqual(shadow.Id, Assert.Single(Noted(new ShadowBook(world.Registry, [1], World.Organization, world.Time), "Bearer sk-secret-of-another").Of(World.Organization)).Id);
        for (var n = 0; n < 50; n++)
            book.Note(new Knock("Bearer sk-secret-of-another", Here, "mcp", $"/mcp tools/call t{n}", null));
        shadow = Assert.Single(book.Of(World.Organization));
        Assert.Equal((ShadowAgent.MostTried, true, 51L), (shadow.Tried.Count, shadow.TriedMore, shadow.Count));
    }

    [Fact]
    public async Task T78_ever_new_credentials_of_a_sender_count_as_one_and_push_nobody_out()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var book = Noted(Book(world), "Bearer the-real-one");
        for (var n = 0; n < 5_000; n++)
            book.Note(new Knock($"Bearer noise-{n}", new IPAddress([0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)(n >> 8), (byte)n]), "mcp", "/mcp", null)); // all of one /64
        var shadows = book.Of(World.Organization);
        Assert.Equal(1 + ShadowBook.MostOfASender + 1, shadows.Length);
        Assert.Equal(5_000 - ShadowBook.MostOfASender, shadows.Single(s => s.Credential == "others").Count);
        for (var n = 0; n < 2_000; n++)
            book.Note(new Knock($"Bearer noise-{n}", new IPAddress([10, 1, (byte)(n >> 8), (byte)n]), "mcp", "/mcp", null));
        Assert.Equal(ShadowBook.MostOfAnOrganization, book.Of(World.Organization).Length);
    }

    [Fact]
    public async Task T78_what_knocks_is_recorded_a_few_times_an_hour_however_often()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var book = Book(world);
        for (var n = 0; n < 500; n++)
            book.Note(new Knock("Bearer noise", new IPAddress([10, 1, (byte)(n >> 8), (byte)n]), "mcp", "/mcp", null));
        Assert.Equal((1, 500L), (book.TakeFresh().Count, book.Of(World.Organization).Single().Count));
        for (var n = 0; n < 500; n++)
            book.Note(new Knock($"Bearer noise-{n}", new IPAddress([10, 1, (byte)(n >> 8), (byte)n]), "mcp", "/mcp", null));
        Assert.Equal(ShadowBook.MostRecordsAnHour - 1, book.TakeFresh().Count);
        Assert.Empty(book.TakeFresh());
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ShadowBook.MostRecordsAnHour, book.TakeFresh().Count);
        world.Time.Advance(ShadowBook.Kept + TimeSpan.FromSeconds(1));
        book.TakeFresh();
        Assert.Empty(book.Of(World.Organization));
    }

    [Fact]
    public async Task A_person_makes_a_draft_of_a_shadow_agent_or_dismisses_it_and_Writ_does_neither()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var id = Noted(Book(world), "Bearer x").Of(World.Organization).Single().Id;
        var draft = new AgentDrafted(World.Describe(AgentId.New(world.Time)) with { Name = "found", Lifecycle = AgentLifecycle.Draft }, AgentSource.Shadow, id);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("sam", draft));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", draft with { Reference = "nobody" }));
        Assert.IsType<ControlOutcome.Invalid>(await world.Controls.TakeAsync(World.Organization, null, Presence.Installation, _ => ControlPlan.Take(draft), CancellationToken.None));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", draft));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new ShadowAgentDismissed(id, "ours")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new ShadowAgentDismissed(id, "ours")));
        using var next = await world.RestartAsync();
        Assert.Equal("ours", next.State.DismissedShadows[id].Reason);
        Assert.Equal(AgentLifecycle.Draft, next.State.Agents[draft.Agent.Id].Lifecycle);
    }

    [Theory]
    [InlineData("127.0.0.1", "Loopback")]
    [InlineData("::1", "Loopback")]
    [InlineData("::ffff:192.168.1.1", "Private")]
    [InlineData("fd00::1", "Private")]
    [InlineData("172.32.0.1", "Public")]
    [InlineData("2001:db8::1", "Public")]
    public async Task Where_it_came_from_is_told_without_the_address(string address, string expected)
    {
        using var world = await World.SoloAsync();
        var book = Book(world);
        book.Note(new Knock("Bearer x", IPAddress.Parse(address), "mcp", "/mcp", null));
        Assert.Equal(expected, book.Of(World.Organization).Single().Address.ToString());
    }

    private static ShadowBook Book(World world) => new(world.Registry, new byte[32], World.Organization, world.Time);

    private static ShadowBook Noted(ShadowBook book, string authorization)
    {
        book.Note(new Knock(authorization, Here, "mcp", "/mcp", null));
        return book;
    }
}
