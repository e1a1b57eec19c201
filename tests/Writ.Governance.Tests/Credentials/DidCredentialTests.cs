using System.Security.Cryptography;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Identity.Dids;

namespace Writ.Governance.Tests.Credentials;

public sealed class DidCredentialTests
{
    [Fact]
    public async Task A_did_is_an_agents_with_the_word_of_its_key_and_of_no_other()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        using var thief = new DidAgent();
        var (other, _) = await world.AddAgentAsync("desk/*");
        var now = world.Time.GetUtcNow();
        var right = agent.Registration(world.Agent, now);

        // Without its word, with another's, with its word for another agent or organization or DID: no.
        foreach (var wrong in new[]
        {
            right with { Possession = null }, right with { Possession = "AAAA" }, right with { Possession = "not base64" },
            agent.Registration(world.Agent, now, possessedBy: thief), right with { Agent = other }, agent.Registration(world.Agent, now, organization: "elsewhere"),
            right with { Public = thief.Did }, right with { Proof = right.Possession }, right with { Keys = agent.Keys },
        })
            Assert.NotNull(CredentialRules.Obstacle(world.State, wrong, now));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", right));
        Assert.Equal((CredentialKind.DidKey, agent.Did), (world.State.AgentCredentials.Find(right.Id)!.Kind, world.State.AgentCredentials.Holding(agent.Did)!.Public));

        // It is nobody else's from here on, under no name and after no revocation.
        Assert.NotNull(CredentialRules.Obstacle(world.State, agent.Registration(other, now), now));
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, right.Id, "lost"));
        Assert.NotNull(CredentialRules.Obstacle(world.State, agent.Registration(other, now), now));
        Assert.NotNull(CredentialRules.Obstacle(world.State, agent.Registration(world.Agent, now, right.Id), now));
    }

    [Theory]
    [InlineData("DID:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    [InlineData("did:Key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    [InlineData("did:web:Agents.example")]
    [InlineData("did:web:agents.example%3a8443")]
    [InlineData("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")] // secp256k1 verifies nothing here
    public async Task A_second_way_to_write_a_did_is_no_credential(string did)
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        var now = world.Time.GetUtcNow();
        foreach (var kind in new[] { CredentialKind.DidKey, CredentialKind.DidWeb })
            Assert.NotNull(CredentialRules.Obstacle(world.State, agent.Registration(world.Agent, now) with { Public = did, Credential = kind }, now));
    }

    [Fact]
    public async Task One_key_is_one_credential_as_a_key_pair_and_as_a_did()
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (other, _) = await world.AddAgentAsync("desk/*");
        var now = world.Time.GetUtcNow();
        await world.TakeAsAsync("ada", new AgentCredentialRegistered(other, Guid.CreateVersion7(now).ToString("N"), CredentialKind.KeyPair, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), now + TimeSpan.FromDays(1)));
        var multikey = Multikey.Of(key);
        var did = Did.OfKey(multikey).ToString();
        string[] keys = [$"{did}#{multikey} {multikey}"];
        var statement = DidCredentials.Statement(DidCredentials.Possession, world.State.Id, world.Agent, did, keys);
        var registration = new AgentCredentialRegistered(
            world.Agent, Guid.CreateVersion7(now).ToString("N"), CredentialKind.DidKey, did, now + TimeSpan.FromDays(1), Possession: Convert.ToBase64String(key.SignData(statement, HashAlgorithmName.SHA256)));
        Assert.Contains("already", CredentialRules.Obstacle(world.State, registration, now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_key_is_one_credential_as_an_oauth_client_and_as_a_did(bool clientFirst)
    {
        using var world = await World.WithAsync(World.PermitAll);
        using var agent = new DidAgent();
        var (other, _) = await world.AddAgentAsync("desk/*");
        var now = world.Time.GetUtcNow();
        var text = CredentialRules.RotationText(world.State.Id.ToString(), other.ToString(), agent.Key.VerificationKey.Thumbprint.ToBase64Url());
        var client = new AgentCredentialRegistered(
            other, Guid.CreateVersion7(now).ToString("N"), CredentialKind.OAuthClient, System.Text.Encoding.UTF8.GetString(agent.Key.VerificationKey.ToJson()), now + TimeSpan.FromDays(1),
            Possession: Convert.ToBase64String(agent.Key.Sign(Crypto.Jose.JoseAlgorithm.Ed25519, text)));
        var did = agent.Registration(world.Agent, now);
        var (first, second) = clientFirst ? (client, did) : (did, client);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", first));
        Assert.Contains("already", CredentialRules.Obstacle(world.State, second, now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T51_a_did_follows_another_only_with_the_old_ones_word_and_a_persons()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new PersonAdded(PersonId.Parse("pat"), "Pat", [PersonCapability.Platform]), new PersonAdded(PersonId.Parse("sam"), "Sam", [PersonCapability.Security]));
        using var old = new DidAgent();
        using var next = new DidAgent();
        using var thief = new DidAgent();
        var now = world.Time.GetUtcNow();
        var first = old.Registration(world.Agent, now);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", first));

        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now), now));
        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, first.Id), now));
        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, first.Id, thief), now));
        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, first.Id) with { Proof = old.Sign(DidCredentials.Possession, world.Agent, next) }, now)); // said for another use
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", next.Registration(world.Agent, now, first.Id, old)));
        Assert.Equal("retiring", world.State.AgentCredentials.Find(first.Id)!.Status(now));

        // After a compromise the old key says nothing, and security alone replaces it.
        var second = world.State.AgentCredentials.Holding(next.Did)!.Id;
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, second, "stolen"));
        Assert.NotNull(CredentialRules.Obstacle(world.State, thief.Registration(world.Agent, now, second, next), now));
        using var third = new DidAgent();
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", third.Registration(world.Agent, now, second)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", third.Registration(world.Agent, now, second)));
    }

    [Fact]
    public async Task The_keys_of_a_did_web_are_those_of_its_registration_and_change_by_another()
    {
        using var world = await World.WithAsync(World.PermitAll);
        const string Name = "did:web:agents.example:helper";
        using var old = new DidAgent(Name);
        using var next = new DidAgent(Name);
        using var taken = new DidAgent("did:web:evil.example");
        var now = world.Time.GetUtcNow();
        var first = old.Registration(world.Agent, now);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", first));
        Assert.Equal(old.Keys, world.State.AgentCredentials.Find(first.Id)!.Keys);
        Assert.NotNull(CredentialRules.Obstacle(world.State, taken.Registration(world.Agent, now) with { AllowedAddresses = ["10.0.0.0/99"] }, now));
        using var other = new DidAgent();
        Assert.NotNull(CredentialRules.Obstacle(world.State, other.Registration(world.Agent, now) with { AllowedAddresses = ["10.0.0.1"] }, now));

        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, first.Id), now));
        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, first.Id, old) with { Keys = old.Keys }, now)); // what was signed is of other keys
        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, first.Id, old) with { Keys = taken.Keys }, now)); // of another DID
        var second = next.Registration(world.Agent, now, first.Id, old);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", second));
        Assert.Equal(second.Id, world.State.AgentCredentials.Holding(Name)!.Id);
        await world.TakeAsync(new AgentCredentialRevoked(world.Agent, second.Id, "stolen"));
        Assert.NotNull(CredentialRules.Obstacle(world.State, next.Registration(world.Agent, now, second.Id), now)); // the stolen key comes back under no document
        using var third = new DidAgent(Name);
        Assert.Null(CredentialRules.Obstacle(world.State, third.Registration(world.Agent, now, second.Id), now));
    }
}
