using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Tests.Policies.Publishing;

namespace Writ.Governance.Tests.Policies.Signing;

public sealed class BundleSigningTests : IDisposable
{
    private const string Tight = World.PermitAll + PublishingWorld.ForbidPay;

    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();
    private readonly Ed25519PrivateKey _stranger = Ed25519PrivateKey.Generate();

    public void Dispose()
    {
        _key.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task A_signed_bundle_is_published_and_its_record_names_the_key_also_after_a_restart()
    {
        using var world = await WorldAsync();
        Assert.IsType<PublishOutcome.Active>(await PublishAsync(world, Tight, _key));
        Assert.Equal(PublisherKey.IdOf(_key.PublicKey), world.State.Bundles["test"].SignedBy);
        using var next = await world.RestartAsync();
        Assert.Equal(PublisherKey.IdOf(_key.PublicKey), next.State.Bundles["test"].SignedBy);
    }

    [Fact]
    public async Task Without_a_signature_a_bundle_is_published_as_unsigned_until_signatures_are_required()
    {
        using var world = await WorldAsync();
        Assert.IsType<PublishOutcome.Active>(await PublishAsync(world, Tight, null));
        Assert.Null(world.State.Bundles["test"].SignedBy);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new SignaturesRequired("x")));
        await AssertRefusedAsync(world, null, "is missing");
        Assert.IsType<PublishOutcome.Active>(await PublishAsync(world, Tight + "// more\n", _key));
    }

    [Fact]
    public async Task A_signature_of_an_unknown_or_a_revoked_key_is_refused_whether_or_not_one_is_required()
    {
        using var world = await WorldAsync();
        await AssertRefusedAsync(world, _stranger, "not registered");
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PublisherKeyRevoked(PublisherKey.IdOf(_key.PublicKey), "x")));
        await AssertRefusedAsync(world, _key, "revoked");
    }

    [Fact]
    public async Task A_bundle_that_was_changed_after_it_was_signed_is_refused_before_and_in_the_fold()
    {
        using var world = await WorldAsync();
        var signature = BundleSignature.Of(World.Bundle(Tight).Digest, _key);
        var altered = World.Bundle(Tight + "// altered\n");
        var refused = Assert.IsType<PublishOutcome.Faulty>(await world.Publisher().PublishAsync(world.As("sam"), new PublishRequest(altered) { Signature = signature }, CancellationToken.None));
        Assert.Contains("changed after", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        var plan = BundlePublication.Plan(altered, PublicationGround.NotLooser);
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", [.. plan.Actions.Select(a => a is BundlePublished published ? published with { Signature = signature } : a)]));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
    }

    [Fact]
    public async Task A_proposal_whose_key_was_revoked_since_cannot_be_confirmed()
    {
        using var world = await WorldAsync(Tight);
        Assert.IsType<PublishOutcome.Proposed>(await PublishAsync(world, World.PermitAll, _key));
        await world.TakeAsAsync("sam", new PublisherKeyRevoked(PublisherKey.IdOf(_key.PublicKey), "x"));
        Assert.Equal("refused", await world.ObstacleAsync("ada"));
    }

    [Fact]
    public void A_signature_holds_for_its_bundle_and_its_key_alone_and_no_bit_of_it_can_be_changed()
    {
        var digest = Hash256.Of("a bundle"u8);
        var signature = BundleSignature.Of(digest, _key);
        Assert.True(signature.IsOf(digest.ToHex(), _key.PublicKey));
        Assert.Equal(signature, BundleSignature.Read(signature.ToText()));
        Assert.False(signature.IsOf(Hash256.Of("another"u8).ToHex(), _key.PublicKey));
        Assert.False(signature.IsOf(digest.ToHex(), _stranger.PublicKey));
        // The same key's signature of the bare digest is no signature of a bundle.
        Assert.False(new BundleSignature(signature.Key, Convert.ToBase64String(_key.Sign(System.Text.Encoding.UTF8.GetBytes(digest.ToHex())))).IsOf(digest.ToHex(), _key.PublicKey));
        var bytes = Convert.FromBase64String(signature.Signature);
        bytes[5] ^= 1;
        Assert.False(new BundleSignature(signature.Key, Convert.ToBase64String(bytes)).IsOf(digest.ToHex(), _key.PublicKey));
        Assert.Null(BundleSignature.Read("{}"));
    }

    [Fact]
    public async Task Only_security_registers_revokes_and_requires()
    {
        using var world = await WorldAsync();
        var id = PublisherKey.IdOf(_key.PublicKey);
        var other = PublisherKey.IdOf(_stranger.PublicKey);
        foreach (var action in new ControlAction[] { new PublisherKeyRegistered(other, _stranger.PublicKey.ToString(), "x"), new PublisherKeyRevoked(id, "x"), new SignaturesRequired("x") })
            Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", action));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PublisherKeyRegistered(id, _stranger.PublicKey.ToString(), "x")));
        Assert.False(world.State.PublisherKeys.Required);
    }

    private async Task<World> WorldAsync(string policy = World.PermitAll)
    {
        var world = await World.WithAsync(policy);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PublisherKeyRegistered(PublisherKey.IdOf(_key.PublicKey), _key.PublicKey.ToString(), "the build")));
        return world;
    }

    private static Task<PublishOutcome> PublishAsync(World world, string policy, Ed25519PrivateKey? key)
    {
        var bundle = World.Bundle(policy);
        return world.Publisher().PublishAsync(
            world.As("sam"), new PublishRequest(bundle) { Signature = key is null ? null : BundleSignature.Of(bundle.Digest, key) }, CancellationToken.None);
    }

    private static async Task AssertRefusedAsync(World world, Ed25519PrivateKey? key, string why) =>
        Assert.Contains(why, Assert.Single(Assert.IsType<PublishOutcome.Faulty>(await PublishAsync(world, Tight + "// other\n", key)).Problems).Message, StringComparison.Ordinal);
}
