using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Publishing;

namespace Writ.Governance.Tests.Policies.Publishing;

/// <summary>People who publish in a <see cref="World"/>, in which ada and sam have the security capability.</summary>
internal static class PublishingWorld
{
    public const string ForbidPay = "forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);\n";

    public static BundlePublisher Publisher(this World world) => new(world.Controls, world.Registry, new RecentDecisions(world.Archive, world.Book, world.Time), world.Time);

    public static Caller.PersonCaller As(this World world, string person) =>
        new(world.State, "token", world.State.People[PersonId.Parse(person)], Presence.StoredToken);

    public static Task<PublishOutcome> PublishAsAsync(this World world, string person, string policy, string name = "test", int? accept = null, string? over = null) =>
        world.Publisher().PublishAsync(world.As(person), new PublishRequest(World.Bundle(policy, name: name)) { AcceptDenials = accept, Override = over }, CancellationToken.None);

    public static Task<PublishOutcome> ConfirmAsync(this World world, string person, string? digest = null, string? over = null) =>
        world.Publisher().ConfirmAsync(world.As(person), "test", digest ?? world.State.Proposals["test"].Bundle.Digest, over, CancellationToken.None);

    public static async Task<string> ObstacleAsync(this World world, string person, string? digest = null) =>
        Assert.IsType<PublishOutcome.Unconfirmed>(await world.ConfirmAsync(person, digest)).Obstacle.Name;

    /// <summary>Adds a person with the security capability, by another person.</summary>
    public static async Task AddAsync(this World world, string by, string person) =>
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync(by, new PersonAdded(PersonId.Parse(person), person, [PersonCapability.Security])));
}
