using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Identity.Dids;
using Writ.Identity.HttpSignatures;

namespace Writ.Governance.Tests.Credentials;

public sealed class SignatureCallersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_a_registered_key_signed_is_its_agent_with_high_assurance_and_once()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        var (callers, id) = await StartAsync(world, agent);
        var request = agent.Request(world.Time.GetUtcNow());

        var proved = Assert.IsType<SignatureVerdict.Proved>(await callers.VerifyAsync(request, true, Stop));
        Assert.True(proved.Content!.IsOf("{}"u8));
        var caller = Assert.IsType<Caller.AgentCaller>(world.Authenticator.Authenticate(new PresentedCredential(null, Signature: proved)));
        Assert.Equal((id, Assurances.High, world.Agent), (caller.KeyId, caller.Assurance, caller.Agent.Id));
        Assert.Equal(SignatureFault.Replayed, await FaultAsync(callers, request));
        world.Time.Advance(TimeSpan.FromSeconds(69));
        Assert.Equal(SignatureFault.Replayed, await FaultAsync(callers, request)); // to the end of its time
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SignatureFault.NotFresh, await FaultAsync(callers, request));

        // Whoever is proved by the signature is the one that all else has to name.
        var (_, otherKey) = await world.AddAgentAsync("desk/*");
        Assert.NotNull(world.Authenticator.Authenticate(new PresentedCredential("Bearer " + world.Key, Signature: proved)));
        Assert.Null(world.Authenticator.Authenticate(new PresentedCredential("Bearer " + otherKey, Signature: proved)));
        Assert.Null(world.Authenticator.Authenticate(new PresentedCredential("Bearer " + world.Key, Signature: new SignatureVerdict.Refused(SignatureFault.WrongSignature))));
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, id, "lost"));
        Assert.Null(world.Authenticator.Authenticate(new PresentedCredential(null, Signature: proved)));
        Assert.Equal(SignatureFault.UnknownKey, await FaultAsync(callers, agent.Request(world.Time.GetUtcNow())));
    }

    [Fact]
    public async Task A_key_is_named_by_its_did_url_its_did_or_its_thumbprint_and_in_no_other_way()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        using var other = new DidAgent();
        var (callers, _) = await StartAsync(world, agent);
        foreach (var name in new[] { agent.KeyId, agent.Did, agent.Key.VerificationKey.Thumbprint.ToBase64Url() })
            Assert.Null(await FaultAsync(callers, agent.Request(world.Time.GetUtcNow(), change: terms => terms with { KeyId = name })));
        foreach (var name in new[]
        {
            agent.KeyId.ToUpperInvariant(), agent.KeyId.Replace("did:key", "did:Key", StringComparison.Ordinal), "DID" + agent.KeyId[3..], agent.Did + "#key-1", agent.Did + "#", "", other.KeyId, other.Did,
            agent.Key.VerificationKey.Thumbprint.ToHex(), agent.Did[8..], agent.Key.VerificationKey.ThumbprintUri, "default", world.Agent.ToString(),
        })
            Assert.Equal(SignatureFault.UnknownKey, await FaultAsync(callers, agent.Request(world.Time.GetUtcNow(), change: terms => terms with { KeyId = name })));
        Assert.Equal(SignatureFault.WrongSignature, await FaultAsync(callers, agent.Request(world.Time.GetUtcNow(), key: other.Key)));
    }

    [Fact]
    public async Task What_is_not_wholly_signed_for_Writ_and_now_is_refused_before_a_key_is_looked_up()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        var (callers, _) = await StartAsync(world, agent);
        var now = world.Time.GetUtcNow();
        Assert.Equal(SignatureFault.NotCovered, await FaultAsync(callers, agent.Request(now, change: terms => terms with { Components = ["@method", "@target-uri"] })));
        Assert.Equal(SignatureFault.NotCovered, await FaultAsync(callers, agent.Request(now, change: terms => terms with { Components = ["@target-uri", "content-digest"] })));
        Assert.Equal(SignatureFault.NotCovered, await FaultAsync(callers, agent.Request(now, change: terms => terms with { Components = ["@method", "@path", "content-digest"] })));
        foreach (var header in new[] { "writ-task", "aat-chain", "aat-pop", "mcp-session-id", "authorization", "content-type" })
            Assert.Equal(SignatureFault.NotCovered, await FaultAsync(callers, agent.Request(now, more: (header, "x"))));
        Assert.Equal(SignatureFault.NotFresh, await FaultAsync(callers, agent.Request(now, change: terms => terms with { Expires = now + TimeSpan.FromSeconds(61) })));
        Assert.Equal(SignatureFault.NotFresh, await FaultAsync(callers, agent.Request(now, change: terms => terms with { Created = now + TimeSpan.FromSeconds(11), Expires = now + TimeSpan.FromSeconds(30) })));
        Assert.Equal(SignatureFault.NoNonce, await FaultAsync(callers, agent.Request(now, change: terms => terms with { Nonce = null })));
        // What was signed for somebody else is no signature for Writ at all.
        Assert.Null(await callers.VerifyAsync(agent.Request(now, change: terms => terms with { Tag = "web-bot-auth" }), true, Stop));
        Assert.Null(await callers.VerifyAsync(new SignedMessage { Field = _ => [] }, false, Stop));
        Assert.Equal(SignatureFault.Malformed, await FaultAsync(callers, new SignedMessage { Field = name => name == "signature" ? ["a=:AA==:"] : [] }));
    }

    [Fact]
    public async Task What_could_have_been_used_before_a_restart_is_refused_after_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        var (callers, _) = await StartAsync(world, agent);
        var ahead = agent.Request(world.Time.GetUtcNow() + TimeSpan.FromSeconds(10)); // from a clock that is ahead, as far as is taken
        Assert.Null(await FaultAsync(callers, ahead));
        var restarted = new SignatureCallers(world.Registry, new ShownDocuments(), world.Time);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(SignatureFault.NotFresh, await FaultAsync(restarted, agent.Request(world.Time.GetUtcNow())));
        world.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(SignatureFault.NotFresh, await FaultAsync(restarted, ahead));
        Assert.Null(await FaultAsync(restarted, agent.Request(world.Time.GetUtcNow())));
    }

    [Fact]
    public async Task A_did_web_counts_with_a_registered_key_that_its_document_still_shows_and_not_without()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent("did:web:agents.example");
        using var taker = new DidAgent("did:web:agents.example");
        var documents = new ShownDocuments { Shown = agent.Document() };
        var (callers, _) = await StartAsync(world, agent, documents);
        Assert.Null(await FaultAsync(callers, agent.Request(world.Time.GetUtcNow())));

        // Nobody has Writ fetch anything who did not sign with the key.
        var asked = documents.Asked;
        Assert.Equal(SignatureFault.WrongSignature, await FaultAsync(callers, taker.Request(world.Time.GetUtcNow())));
        Assert.Equal(asked, documents.Asked);

        // Whoever takes the domain over adds no key, also under the old name; it can only take the old one away.
        documents.Shown = taker.Document();
        Assert.Equal(SignatureFault.WrongSignature, await FaultAsync(callers, taker.Request(world.Time.GetUtcNow())));
        Assert.Equal(SignatureFault.UnknownKey, await FaultAsync(callers, agent.Request(world.Time.GetUtcNow())));
        documents.Shown = null;
        Assert.Equal(SignatureFault.NoDocument, await FaultAsync(callers, agent.Request(world.Time.GetUtcNow())));
        documents.Shown = agent.Document();
        Assert.Null(await FaultAsync(callers, agent.Request(world.Time.GetUtcNow())));
    }

    [Fact]
    public async Task The_keys_before_a_rotation_work_for_seven_days_more_where_the_document_shows_them()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var old = new DidAgent("did:web:agents.example");
        using var next = new DidAgent("did:web:agents.example");
        var line = $"did:web:agents.example#key-2 {Multikey.Of(next.Key.VerificationKey)}";
        var documents = new ShownDocuments { Shown = old.Document() };
        var (callers, first) = await StartAsync(world, old, documents);
        using var rotated = new DidAgent("did:web:agents.example") { Keys = [line] };
        var now = world.Time.GetUtcNow();
        var registration = rotated.Registration(world.Agent, now, first, null) with
        {
            Possession = next.Sign(DidCredentials.Possession, world.Agent, rotated), Proof = old.Sign(DidCredentials.Rotation, world.Agent, rotated),
        };
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", registration));
        documents.Shown = old.Document(old.Keys[0], line);
        SignedMessage ByNext() => next.Request(world.Time.GetUtcNow(), change: terms => terms with { KeyId = "did:web:agents.example#key-2" });
        Assert.Null(await FaultAsync(callers, ByNext()));
        Assert.Null(await FaultAsync(callers, old.Request(world.Time.GetUtcNow())));
        world.Time.Advance(AgentCredentials.Overlap);
        Assert.Null(await FaultAsync(callers, ByNext()));
        Assert.Equal(SignatureFault.UnknownKey, await FaultAsync(callers, old.Request(world.Time.GetUtcNow())));
    }

    [Fact]
    public async Task A_request_counts_once_also_where_its_key_goes_on_in_the_credential_that_follows()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var old = new DidAgent("did:web:agents.example");
        using var next = new DidAgent("did:web:agents.example");
        var line = $"did:web:agents.example#key-2 {Multikey.Of(next.Key.VerificationKey)}";
        var documents = new ShownDocuments { Shown = old.Document(old.Keys[0], line) };
        var (callers, first) = await StartAsync(world, old, documents);
        var request = old.Request(world.Time.GetUtcNow());
        Assert.Null(await FaultAsync(callers, request));
        using var both = new DidAgent("did:web:agents.example") { Keys = [old.Keys[0], line] };
        var registration = both.Registration(world.Agent, world.Time.GetUtcNow(), first, null) with
        {
            Possession = next.Sign(DidCredentials.Possession, world.Agent, both), Proof = old.Sign(DidCredentials.Rotation, world.Agent, both),
        };
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", registration));
        Assert.Equal(SignatureFault.Replayed, await FaultAsync(callers, request));
        Assert.Null(await FaultAsync(callers, old.Request(world.Time.GetUtcNow())));
    }

    [Fact]
    public void No_refusal_tells_whether_a_key_is_known()
    {
        var details = new[] { SignatureFault.UnknownKey, SignatureFault.WrongSignature, SignatureFault.WrongAlgorithm }.Select(fault => new SignatureVerdict.Refused(fault)).Select(refused => (refused.Reason, refused.Detail));
        Assert.Single(details.Distinct());
    }

    private static async Task<(SignatureCallers Callers, string Credential)> StartAsync(World world, DidAgent agent, ShownDocuments? documents = null)
    {
        var callers = new SignatureCallers(world.Registry, documents ?? new ShownDocuments(), world.Time);
        var registration = agent.Registration(world.Agent, world.Time.GetUtcNow());
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", registration));
        world.Time.Advance(TimeSpan.FromSeconds(11));
        return (callers, registration.Id);
    }

    private static async Task<SignatureFault?> FaultAsync(SignatureCallers callers, SignedMessage message) => (await callers.VerifyAsync(message, true, Stop) as SignatureVerdict.Refused)?.Fault;
}
