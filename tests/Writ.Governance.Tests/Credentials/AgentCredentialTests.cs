using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies.Constraints;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Tests.Credentials;

public sealed class AgentCredentialTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Fact]
    public async Task An_svid_for_a_registered_key_is_its_agent_with_high_assurance_and_an_api_key_with_low()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var authority = await AuthorityAsync(world);
        using var key = NewKey();
        var id = await RegisterAsync(world, key);
        var svid = Svid(world, authority, world.Agent, key);
        var caller = world.Svids.Find(svid)!;
        Assert.Equal((id, Assurances.High, world.Agent), (caller.KeyId, caller.Assurance, caller.Agent.Id));
        Assert.Equal(Assurances.Low, world.Authenticator.Authenticate("Bearer " + world.Key)!.Assurance);

        // The word is in facts and records.
        var (request, _) = await world.Intake.MakeAsync(new ActionCall
        {
            Caller = caller, Agent = caller.Agent, Door = Door.Mcp, Server = World.Desk, Tool = "read", Arguments = World.Args("{}"), Enforceable = ConstraintKinds.All,
        });
        Assert.Equal((Assurances.High, id), (request!.Facts.Assurance, request.Facts.Credential));
        await world.Governor.DecideAsync(request);
        Assert.Equal(Assurances.High, world.DecisionLog.Records[^1].GetProperty("assurance").GetString());
    }

    [Fact]
    public async Task An_svid_counts_only_while_key_root_and_agent_stand_and_in_its_time()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var authority = await AuthorityAsync(world);
        using var key = NewKey();
        var id = await RegisterAsync(world, key);
        var (other, _) = await world.AddAgentAsync("desk/*");
        var svid = Svid(world, authority, world.Agent, key);
        Assert.NotNull(world.Svids.Find(svid));
        Assert.Null(world.Svids.Find(Svid(world, authority, other, key))); // signed for an agent whose key that is not
        using var unknown = NewKey();
        Assert.Null(world.Svids.Find(Svid(world, authority, world.Agent, unknown)));

        world.Time.Advance(SvidAuthority.LeafLife);
        Assert.Null(world.Svids.Find(svid));
        var next = Svid(world, authority, world.Agent, key);
        Assert.NotNull(world.Svids.Find(next));
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, id, "lost"));
        Assert.Null(world.Svids.Find(next));
    }

    [Fact]
    public async Task T47_nothing_that_a_retired_authority_signed_counts()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var authority = await AuthorityAsync(world);
        using var key = NewKey();
        await RegisterAsync(world, key);
        var svid = Svid(world, authority, world.Agent, key);
        using var second = await AuthorityAsync(world);
        Assert.Equal(second.Thumbprint, world.State.TrustDomains.Signing!.Thumbprint);
        Assert.NotNull(world.Svids.Find(svid)); // both stand while agents renew
        await world.TakeAsync(new TrustAuthorityRetired(authority.Thumbprint, "rotated"));
        Assert.Null(world.Svids.Find(svid));
        Assert.Equal(X509SvidFault.NoPath, Verify(world, authority.Issue(SpiffeId.ForAgent("acme.example", world.Agent.Value), new PublicKey(key)), out _));
        Assert.NotNull(world.Svids.Find(Svid(world, second, world.Agent, key)));
    }

    [Fact]
    public async Task T51_a_key_follows_another_only_with_the_old_ones_word_and_a_persons()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var old = NewKey();
        using var next = NewKey();
        using var thief = NewKey();
        var first = await RegisterAsync(world, old);

        // Without naming the old one, without its signature, with another's, with one for another key: no.
        Assert.NotNull(Obstacle(world, next, null, null));
        Assert.NotNull(Obstacle(world, next, first, null));
        Assert.NotNull(Obstacle(world, next, first, Proof(world, thief, next)));
        Assert.NotNull(Obstacle(world, next, first, Proof(world, old, thief)));
        Assert.Null(Obstacle(world, next, first, Proof(world, old, next)));

        // The old key alone rotates nothing: the registry takes the word of a person of platform, and agents have none.
        Assert.IsType<ControlOutcome.NotAllowed>(await TakeAsAsync(world, "nobody", Registration(world, next, first, Proof(world, old, next))));
        await world.TakeAsAsync("ada", Registration(world, next, first, Proof(world, old, next)));
        Assert.Equal("retiring", world.State.AgentCredentials.Find(first)!.Status(world.Time.GetUtcNow()));
        world.Time.Advance(AgentCredentials.Overlap);
        Assert.Equal("expired", world.State.AgentCredentials.Find(first)!.Status(world.Time.GetUtcNow()));
        Assert.NotNull(Obstacle(world, thief, first, Proof(world, old, thief)));
    }

    [Fact]
    public async Task T51_what_is_revoked_takes_along_what_it_followed_and_what_only_retires()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var old = NewKey();
        using var next = NewKey();
        var first = await RegisterAsync(world, old);
        await world.TakeAsAsync("ada", Registration(world, next, first, Proof(world, old, next)));
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, world.State.AgentCredentials.Holding(Thumbprint(next))!.Id, "stolen"));
        Assert.Equal("revoked", world.State.AgentCredentials.Find(first)!.Status(world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task T51_a_key_that_two_replace_retires_when_the_first_did_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var old = NewKey();
        using var next = NewKey();
        using var second = NewKey();
        var first = await RegisterAsync(world, old);
        await world.TakeAsAsync("ada", Registration(world, next, first, Proof(world, old, next)));
        var retires = world.State.AgentCredentials.Find(first)!.RetiresAt;
        world.Time.Advance(AgentCredentials.Overlap / 2);
        await world.TakeAsAsync("ada", Registration(world, second, first, Proof(world, old, second)));
        Assert.Equal(retires, world.State.AgentCredentials.Find(first)!.RetiresAt);
    }

    [Fact]
    public async Task After_a_compromise_security_alone_replaces_the_key_and_the_old_one_says_nothing()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new PersonAdded(PersonId.Parse("pat"), "Pat", [PersonCapability.Platform]), new PersonAdded(PersonId.Parse("sam"), "Sam", [PersonCapability.Security]));
        using var old = NewKey();
        using var next = NewKey();
        using var again = NewKey();
        var first = await RegisterAsync(world, old);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentCredentialRevoked(world.Agent, first, "stolen")));
        Assert.NotNull(Obstacle(world, next, first, Proof(world, old, next)));
        Assert.NotNull(Obstacle(world, next, null, null));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", Registration(world, next, first, null)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", Registration(world, next, first, null)));
        Assert.Null(Obstacle(world, again, world.State.AgentCredentials.Holding(Thumbprint(next))!.Id, Proof(world, next, again)));
        Assert.NotNull(Obstacle(world, old, world.State.AgentCredentials.Holding(Thumbprint(next))!.Id, Proof(world, next, old))); // what was revoked never comes back
    }

    [Fact]
    public async Task A_token_of_ours_is_its_agent_with_substantial_assurance_while_its_credential_stands()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var authority = SvidAuthority.Create("acme.example", world.Time);
        using var tokenKey = NewKey();
        using var signer = new JwtSvidSigner("acme.example", tokenKey, world.Time);
        await world.TakeAsync(Added(authority, signer));
        using var key = NewKey();
        var id = await RegisterAsync(world, key);
        var spiffeId = SpiffeId.ForAgent("acme.example", world.Agent.Value);
        var token = signer.Issue(spiffeId, ["spiffe://acme.example"], id).Token;
        var caller = Assert.IsType<Caller.AgentCaller>(world.Authenticator.Authenticate("Bearer " + token));
        Assert.Equal((id, Assurances.Substantial), (caller.KeyId, caller.Assurance));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + signer.Issue(spiffeId, ["https://elsewhere.example"], id).Token));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + signer.Issue(spiffeId, ["spiffe://acme.example"], "unknown").Token));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + token[..^2] + (token[^2] == 'A' ? "BA" : "AA")));
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, id, "lost"));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + token));
    }

    [Fact]
    public async Task T75_an_agents_connection_gives_a_persons_token_no_power()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var authority = await AuthorityAsync(world);
        using var key = NewKey();
        await RegisterAsync(world, key);
        var token = world.Issuer.Issue(Identity.Tokens.TokenKind.PersonToken);
        await world.TakeAsync(new PersonTokenIssued(PersonId.Parse("ada"), token.KeyId, token.SecretHash, Presence.StoredToken));
        var svid = Svid(world, authority, world.Agent, key);
        var (_, otherKey) = await world.AddAgentAsync("desk/*");
        Assert.IsType<Caller.PersonCaller>(world.Authenticator.Authenticate("Bearer " + token.Token));
        Assert.Null(world.Authenticator.Authenticate(new PresentedCredential("Bearer " + token.Token, svid)));
        Assert.Null(world.Authenticator.Authenticate(new PresentedCredential("Bearer " + otherKey, svid)));
        Assert.Equal(Assurances.High, world.Authenticator.Authenticate(new PresentedCredential("Bearer " + world.Key, svid))!.Assurance);
        Assert.Equal(Assurances.High, world.Authenticator.Authenticate(new PresentedCredential(null, svid))!.Assurance);
    }

    [Fact]
    public async Task An_id_of_another_domain_is_an_agents_after_the_domain_was_imported_and_the_id_registered()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var theirs = SvidAuthority.Create("partner.example", world.Time);
        using var key = NewKey();
        const string Id = "spiffe://partner.example/ns/prod/sa/helper";
        var registration = new AgentCredentialRegistered(world.Agent, Guid.CreateVersion7(world.Time.GetUtcNow()).ToString("N"), CredentialKind.SpiffeId, Id, world.Time.GetUtcNow() + Year);
        Assert.NotNull(CredentialRules.Obstacle(world.State, registration, world.Time.GetUtcNow()));
        var bundle = $$"""{"keys":[{"use":"x509-svid","kty":"EC","x5c":["{{Convert.ToBase64String(theirs.Root.Span)}}"]}]}""";
        var import = new TrustDomainImported("partner.example", Digest(bundle));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new TrustDomainProposed("partner.example", bundle), import)); // one person alone
        await world.TakeAsync(new PersonAdded(PersonId.Parse("sam"), "Sam", [PersonCapability.Security]));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new TrustDomainImported("partner.example", Digest(bundle + " "))));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", import));
        Assert.True(world.State.TrustDomains.Foreign.ContainsKey("partner.example"));
        Assert.True(SpiffeId.TryParse(Id, out var id, out _));
        Assert.Equal(X509SvidFault.UnknownTrustDomain, Verify(world, theirs.Issue(id, new PublicKey(key)), out _));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", registration));
        Assert.Equal(X509SvidFault.None, Verify(world, theirs.Issue(id, new PublicKey(key)), out var svid));
        Assert.Equal(registration.Id, world.Svids.Find(svid!)!.KeyId);

        // T44: that domain makes no ids of ours, however it names its root.
        using var forger = SvidAuthority.Create("acme.example", world.Time);
        await RegisterAsync(world, key);
        Assert.NotEqual(X509SvidFault.None, Verify(world, forger.Issue(SpiffeId.ForAgent("acme.example", world.Agent.Value), new PublicKey(key)), out _));

        await world.TakeAsync(new TrustDomainRemoved("partner.example", "over"));
        Assert.Null(world.Svids.Find(svid!));
    }

    [Fact]
    public async Task T47_a_key_that_another_follows_works_for_seven_days_more_and_no_longer()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var old = Assert.IsType<Caller.AgentCaller>(world.Authenticator.Authenticate("Bearer " + world.Key)).KeyId;
        var next = world.Issuer.Issue(Identity.Tokens.TokenKind.AgentKey);
        await world.TakeAsync(new AgentKeyIssued(world.Agent, next.KeyId, next.SecretHash, next.ExpiresAt, Predecessor: old));
        world.Time.Advance(AgentKey.Overlap - TimeSpan.FromSeconds(1));
        Assert.NotNull(world.Authenticator.Authenticate("Bearer " + world.Key));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + world.Key));
        Assert.NotNull(world.Authenticator.Authenticate("Bearer " + next.Token));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    [InlineData(null, false)]
    public async Task A_key_that_is_bound_to_networks_is_taken_from_there_alone(string? from, bool taken)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var key = world.Issuer.Issue(Identity.Tokens.TokenKind.AgentKey);
        await world.TakeAsync(new AgentKeyIssued(world.Agent, key.KeyId, key.SecretHash, key.ExpiresAt, Sources: ["10.0.0.0/8", "2001:db8::/32"]));
        var source = from is null ? null : System.Net.IPAddress.Parse(from);
        Assert.Equal(taken, world.Authenticator.Authenticate(new PresentedCredential("Bearer " + key.Token, Source: source)) is not null);
        Assert.NotNull(world.Authenticator.Authenticate(new PresentedCredential("Bearer " + world.Key, Source: source)));
    }

    private static async Task<SvidAuthority> AuthorityAsync(World world)
    {
        var authority = SvidAuthority.Create("acme.example", world.Time);
        using var tokenKey = NewKey();
        using var signer = new JwtSvidSigner("acme.example", tokenKey, world.Time);
        await world.TakeAsync(Added(authority, signer));
        return authority;
    }

    private static TrustAuthorityAdded Added(SvidAuthority authority, JwtSvidSigner signer) =>
        new(Convert.ToBase64String(authority.Root.Span), Encoding.UTF8.GetString(signer.PublicKey.ToJson()));

    private static async Task<string> RegisterAsync(World world, ECDsa key)
    {
        var registration = Registration(world, key, null, null);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", registration));
        return registration.Id;
    }

    private static AgentCredentialRegistered Registration(World world, ECDsa key, string? predecessor, string? proof) => new(
        world.Agent, Guid.CreateVersion7(world.Time.GetUtcNow()).ToString("N"), CredentialKind.KeyPair, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), world.Time.GetUtcNow() + TimeSpan.FromDays(90),
        predecessor, proof);

    private static string? Obstacle(World world, ECDsa key, string? predecessor, string? proof) =>
        CredentialRules.Obstacle(world.State, Registration(world, key, predecessor, proof), world.Time.GetUtcNow());

    private static string Proof(World world, ECDsa old, ECDsa next) => Convert.ToBase64String(old.SignData(
        CredentialRules.RotationText("default", world.Agent.ToString(), Thumbprint(next)), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static Task<ControlOutcome> TakeAsAsync(World world, string person, ControlAction action) => world.TakeAsAsync(person, action);

    private static string Thumbprint(ECDsa key) => X509Svid.ThumbprintOf(new PublicKey(key));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static X509Svid Svid(World world, SvidAuthority authority, AgentId agent, ECDsa key)
    {
        Assert.Equal(X509SvidFault.None, Verify(world, authority.Issue(SpiffeId.ForAgent("acme.example", agent.Value), new PublicKey(key)), out var svid));
        return svid!;
    }

    private static X509SvidFault Verify(World world, IssuedSvid issued, out X509Svid? svid)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(issued.Chain[0].Span);
        using var between = X509CertificateLoader.LoadCertificate(issued.Chain[1].Span);
        return world.Svids.Verify(leaf, [between], out svid);
    }
}
