using Writ.Crypto.Randomness;

namespace Writ.Crypto.Tests.Randomness;

public sealed class RandomReserveTests
{
    [Fact]
    public void No_byte_is_handed_out_twice_by_any_thread()
    {
        // Sixteen bytes meet by chance never; half of a reserve handed out again would be seen at once.
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<Guid, bool>();
        Parallel.For(0, 40_000, _ =>
        {
            Span<byte> bytes = stackalloc byte[16];
            RandomReserve.Fill(bytes);
            Assert.True(seen.TryAdd(new Guid(bytes), true));
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(RandomReserve.MostAtOnce)]
    [InlineData(RandomReserve.MostAtOnce + 1)]
    [InlineData(100_000)]
    public void Every_byte_of_a_span_is_filled_and_none_beside_it(int length)
    {
        var everSet = new byte[length];
        for (var round = 0; round < 20; round++)
        {
            var bytes = new byte[length + 2];
            RandomReserve.Fill(bytes.AsSpan(1, length));
            Assert.Equal(0, bytes[0] | bytes[^1]);
            for (var i = 0; i < length; i++)
                everSet[i] |= bytes[i + 1];
        }

        Assert.DoesNotContain((byte)0, everSet);
    }
}
