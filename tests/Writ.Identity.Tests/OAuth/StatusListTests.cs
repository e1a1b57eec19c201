using Writ.Identity.OAuth;

namespace Writ.Identity.Tests.OAuth;

public sealed class StatusListTests
{
    // The examples of draft-ietf-oauth-status-list, section 4.1 and 4.2.
    [Theory]
    [InlineData(1, new byte[] { 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1 }, "B9A3")]
    [InlineData(2, new byte[] { 1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3 }, "C944F9")]
    [InlineData(4, new byte[] { 1, 15, 2 }, "F102")]
    [InlineData(8, new byte[] { 1, 255 }, "01FF")]
    public void Statuses_stand_from_the_lowest_bit_on(int bits, byte[] statuses, string packed) => Assert.Equal(packed, Convert.ToHexString(StatusList.Pack(statuses, bits)));

    [Fact]
    public void What_does_not_fit_is_not_packed()
    {
        Assert.Throws<ArgumentException>(() => StatusList.Pack([2], 1));
        Assert.Throws<ArgumentException>(() => StatusList.Pack([1], 3));
    }
}
