using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Server.Api;

namespace Writ.Server.Tests.Api;

public sealed class TailSeatsTests
{
    [Fact]
    public void Seats_are_counted_by_person_and_by_organization_and_one_organization_takes_none_of_anothers()
    {
        var seats = new TailSeats(perOrganization: 3, perPerson: 2);
        var (acme, other) = (OrganizationId.Parse("acme"), OrganizationId.Parse("other"));
        var (ann, bob) = (PersonId.Parse("ann"), PersonId.Parse("bob"));
        var first = seats.TryTake(acme, ann);
        Assert.NotNull(first);
        Assert.NotNull(seats.TryTake(acme, ann));
        Assert.Null(seats.TryTake(acme, ann));
        Assert.NotNull(seats.TryTake(acme, bob));
        Assert.Null(seats.TryTake(acme, bob)); // the organization's third was the last
        Assert.NotNull(seats.TryTake(other, ann));
        first.Dispose();
        first.Dispose(); // once is once
        Assert.NotNull(seats.TryTake(acme, bob));
        Assert.Null(seats.TryTake(acme, ann));
    }
}
