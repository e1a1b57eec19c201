using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Writ.Crypto.Json;
using Writ.Testing;

namespace Writ.Crypto.Tests.Json;

public sealed partial class JcsVectorTests
{
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void The_published_pair(string name)
    {
        var input = File.ReadAllBytes(Corpora.Require($"tlog/jcs/testdata/input/{name}.json"));
        var expected = File.ReadAllBytes(Corpora.Require($"tlog/jcs/testdata/output/{name}.json"));
        Assert.True(Jcs.TryCanonicalize(input, out var canonical, out var error), error?.Message);
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(canonical));
        Assert.True(Jcs.TryCanonicalize(canonical, out var again, out _));
        Assert.Equal(canonical, again);
        using var document = JsonDocument.Parse(input);
        Assert.True(Jcs.TryCanonicalize(document.RootElement, out var fromElement, out _));
        Assert.Equal(canonical, fromElement);
    }

    [Fact]
    public void The_number_sequence_has_the_published_hash_at_every_power_of_ten_to_a_million()
    {
        var readme = File.ReadAllText(Corpora.Require("tlog/jcs/testdata/README.md"));
        var published = HashRow().Matches(readme).ToDictionary(
            m => int.Parse(m.Groups[2].Value), m => m.Groups[1].Value);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new byte[64];
        var count = 0;
        var compared = 0;
        foreach (var value in Sequence(readme))
        {
            var bits = BitConverter.DoubleToUInt64Bits(value);
            bits.TryFormat(line, out var length, "x", CultureInfo.InvariantCulture);
            line[length++] = (byte)',';
            length += Es6Number.Format(value, line.AsSpan(length));
            line[length++] = (byte)'\n';
            hash.AppendData(line, 0, length);
            if (published.TryGetValue(++count, out var expected))
            {
                Assert.Equal(expected, Convert.ToHexStringLower(hash.GetCurrentHash()));
                compared++;
            }

            if (count == 1_000_000)
                break;
        }

        Assert.Equal(4, compared);
    }

    // The generator as the corpus' README describes it; its fixed values are read from there.
    private static IEnumerable<double> Sequence(string readme)
    {
        foreach (Match literal in FixedValue().Matches(readme[..readme.IndexOf("staticF64s", StringComparison.Ordinal)]))
            yield return BitConverter.UInt64BitsToDouble(ulong.Parse(literal.Groups[1].Value, NumberStyles.HexNumber));
        for (var i = 0ul; i < 2000; i++)
            yield return BitConverter.UInt64BitsToDouble(0x0010000000000000 + i);
        var block = new byte[32];
        while (true)
        {
            block = SHA256.HashData(block);
            var four = MemoryMarshal.Cast<byte, double>(block).ToArray();
            foreach (var value in four)
            {
                if (value != 0 && double.IsFinite(value))
                    yield return value;
            }
        }
    }

    [GeneratedRegex("0x([0-9a-f]{16})n")]
    private static partial Regex FixedValue();

    [GeneratedRegex(@"\| ([0-9a-f]{64}) \| (\d+)")]
    private static partial Regex HashRow();
}
