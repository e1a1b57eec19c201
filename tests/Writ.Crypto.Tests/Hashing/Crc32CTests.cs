using Writ.Crypto.Hashing;

namespace Writ.Crypto.Tests.Hashing;

public sealed class Crc32CTests
{
    // RFC 3720 appendix B.4, and the check value of the algorithm.
    public static TheoryData<byte[], uint> Published => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        { "123456789"u8.ToArray(), 0xE3069283 },
        { [], 0 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void It_gives_the_published_values(byte[] data, uint expected)
    {
        Assert.Equal(expected, Crc32C.Compute(data));
        Assert.Equal(expected, Crc32C.AppendTable(0, data));
    }

    [Fact]
    public void The_instruction_and_the_table_agree_on_every_length_and_split()
    {
        var data = new byte[200];
        new Random(3).NextBytes(data);
        for (var length = 0; length <= data.Length; length++)
        {
            var whole = Crc32C.AppendTable(0, data.AsSpan(0, length));
            Assert.Equal(whole, Crc32C.Compute(data.AsSpan(0, length)));
            Assert.Equal(whole, Crc32C.Append(Crc32C.Compute(data.AsSpan(0, length / 3)), data.AsSpan(length / 3, length - length / 3)));
        }
    }

    [Fact]
    public void Every_single_flipped_bit_changes_it()
    {
        var data = "a frame of the ledger"u8.ToArray();
        var whole = Crc32C.Compute(data);
        for (var bit = 0; bit < 8 * data.Length; bit++)
        {
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(whole, Crc32C.Compute(data));
            data[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
