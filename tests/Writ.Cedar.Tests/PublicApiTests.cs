using Writ.Cedar.Policies;
using Writ.Testing;

namespace Writ.Cedar.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_approved_one() =>
        PublicApi.Approve(typeof(PolicySet).Assembly, Repository.PathOf("tests", "Writ.Cedar.Tests", "PublicApi.approved.txt"));
}
