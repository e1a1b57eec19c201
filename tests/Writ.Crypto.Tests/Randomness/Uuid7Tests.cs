using Writ.Crypto.Randomness;

namespace Writ.Crypto.Tests.Randomness;

public sealed class Uuid7Tests
{
    [Fact]
    public void It_says_its_time_version_and_variant_as_RFC_9562_lays_them_out()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(0x017F22E279B0); // the time of the example in appendix A.6
        var id = Uuid7.New(time);
        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.StartsWith("017f22e2-79b0-7", id.ToString("D"), StringComparison.Ordinal);
        Assert.Equal(Guid.CreateVersion7(time).ToString("D")[..14], id.ToString("D")[..14]);
    }

    [Fact]
    public void Ids_of_one_time_differ_and_those_of_a_later_time_come_after()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
        var ids = Enumerable.Range(0, 1_000).Select(_ => Uuid7.New(time)).ToHashSet();
        Assert.Equal(1_000, ids.Count);
        Assert.All(ids, id => Assert.True(string.CompareOrdinal(id.ToString("D"), Uuid7.New(time.AddMilliseconds(1)).ToString("D")) < 0));
    }

    [Fact]
    public void There_is_none_of_before_1970() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Uuid7.New(DateTimeOffset.UnixEpoch.AddMilliseconds(-1)));
}
