using Writ.Testing;

namespace Writ.Ledger.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_approved_one() =>
        PublicApi.Approve(typeof(MerkleLedger).Assembly, Repository.PathOf("tests", "Writ.Ledger.Tests", "PublicApi.approved.txt"));
}
