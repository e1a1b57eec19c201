using System.Globalization;
using System.Numerics;
using System.Text;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Tests.Schemas;

public sealed class ExactNumberTests
{
    [Fact]
    public void Numbers_of_any_length_have_the_parts_that_long_arithmetic_gives_them()
    {
        var random = new Random(11);
        for (var i = 0; i < 4_000; i++)
        {
            var (whole, fraction) = (Digits(random, random.Next(1, 24)), Digits(random, random.Next(0, 12)));
            var text = (random.Next(2) == 0 ? "-" : "") + whole + (fraction.Length > 0 ? "." + fraction : "");
            Assert.True(ExactNumber.TryParse(text, out var number));
            var expected = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture) * (text[0] == '-' ? -1 : 1);
            Assert.Equal(expected * BigInteger.Pow(10, 40), number.Coefficient * BigInteger.Pow(10, 40 + fraction.Length + number.Exponent));

            var scaled = expected * BigInteger.Pow(10, 12 - fraction.Length);
            var fits = scaled >= long.MinValue && scaled <= long.MaxValue;
            Assert.Equal(fits, number.TryScale(12, out var value));
            Assert.Equal(fits ? (long)scaled : 0, value);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("7.50")]
    [InlineData("1e3")]
    [InlineData("-12E-2")]
    [InlineData("9223372036854775807")]
    [InlineData("123456789012345678901234567890.5")]
    public void Bytes_and_text_of_a_number_are_the_same_number(string text)
    {
        Assert.True(ExactNumber.TryParse(text, out var fromText));
        Assert.True(ExactNumber.TryParse(Encoding.ASCII.GetBytes(text), out var fromBytes));
        Assert.Equal(fromText, fromBytes);
    }

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("-9223372036854775808", true)]
    [InlineData("-9223372036854775809", false)]
    [InlineData("922337203685477580e1", true)]
    [InlineData("922337203685477581e1", false)]
    [InlineData("999999999999999999e1", false)]
    public void A_number_scales_as_far_as_64_bits_reach(string text, bool fits)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        Assert.Equal(fits, number.TryScale(0, out _));
    }

    [Fact]
    public void Bytes_beyond_the_bounds_are_refused_unread() =>
        Assert.False(ExactNumber.TryParse(Encoding.ASCII.GetBytes(new string('9', (2 * ExactNumber.MaxScale) + 1)), out _));

    private static string Digits(Random random, int count) =>
        string.Create(count, random, static (span, random) =>
        {
            foreach (ref var digit in span)
                digit = (char)('0' + random.Next(10));
        });
}
