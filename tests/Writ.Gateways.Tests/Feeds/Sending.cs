using System.Text;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Ledger;

namespace Writ.Gateways.Tests.Feeds;

/// <summary>A feed to a port of this machine, and batches for it.</summary>
internal static class Sending
{
    public static Feed To(string url) => new() { Id = Guid.Parse("019b2f6e-0000-7000-9000-000000000001"), Name = "siem", Url = url, AllowedAddresses = ["127.0.0.1"] };

    /// <summary>A batch of heartbeats with these indexes.</summary>
    public static FeedBatch Batch(params ulong[] indexes) => new(
        OrganizationId.Parse("acme-x"), "writ.example/acme-x/decisions",
        [.. indexes.Select(i => new LedgerRecord(i, Encoding.UTF8.GetBytes($$"""{"at":{{1767323046000000 + (long)i}},"id":"019b2f6e-0000-7000-9000-000000000005","kind":"heartbeat","v":1}""")))]);

    public static T Is<T>(FeedDelivery delivery, string code)
        where T : FeedDelivery
    {
        var given = Assert.IsType<T>(delivery);
        Assert.Equal(code, given switch { FeedDelivery.Failed f => f.Code, FeedDelivery.Ended e => e.Code, _ => "" });
        return given;
    }
}
