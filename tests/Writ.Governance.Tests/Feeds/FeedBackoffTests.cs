using Writ.Governance.Feeds;

namespace Writ.Governance.Tests.Feeds;

public sealed class FeedBackoffTests
{
    [Fact]
    public void Waits_double_up_to_a_longest_and_are_spread_and_what_the_receiver_asks_for_counts_within_it()
    {
        var even = new FeedBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300), () => 0);
        Assert.Equal([1d, 2, 4, 8, 256, 300, 300], ((int[])[1, 2, 3, 4, 9, 10, 1_000_000]).Select(n => even.After(n, null).TotalSeconds));
        Assert.Equal(0.5, (even with { Jitter = () => 1 }).After(1, null).TotalSeconds);
        Assert.Equal(60, even.After(1, TimeSpan.FromSeconds(60)).TotalSeconds);
        Assert.Equal(300, even.After(1, TimeSpan.FromDays(60)).TotalSeconds);
        Assert.Equal(4, even.After(3, TimeSpan.FromSeconds(1)).TotalSeconds);
    }
}
