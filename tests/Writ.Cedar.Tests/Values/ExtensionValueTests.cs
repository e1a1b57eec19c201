using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Values;

public sealed class ExtensionValueTests
{
    [Theory]
    [InlineData("0.0", 0)]
    [InlineData("1.0", 10_000)]
    [InlineData("1.0000", 10_000)]
    [InlineData("-0.0", 0)]
    [InlineData("-0.5", -5_000)]
    [InlineData("00.1234", 1_234)]
    [InlineData("00000000000000000000000000000001.0", 10_000)]
    [InlineData("922337203685477.5807", long.MaxValue)]
    [InlineData("-922337203685477.5808", long.MinValue)]
    public void A_decimal_is_read(string text, long tenThousandths)
    {
        Assert.True(DecimalValue.TryParse(text, out var value));
        Assert.Equal(tenThousandths, value.TenThousandths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("-.1")]
    [InlineData("1.00000")]
    [InlineData("+1.0")]
    [InlineData("--1.0")]
    [InlineData(" 1.0")]
    [InlineData("1.0 ")]
    [InlineData("1,0")]
    [InlineData("1.0e1")]
    [InlineData("1.0.0")]
    [InlineData("1.-1")]
    [InlineData("\u0661.\u0660")]
    [InlineData("922337203685477.5808")]
    [InlineData("-922337203685477.5809")]
    [InlineData("99999999999999999999999999999999999999999999.0")]
    public void What_is_no_decimal_is_refused(string text)
    {
        Assert.False(DecimalValue.TryParse(text, out _));
        Assert.Equal("error:Extension", Cedar.Result($"decimal(\"{text}\")"));
    }

    [Theory]
    [InlineData("1970-01-01", 0)]
    [InlineData("0000-01-01", -62_167_219_200_000)]
    [InlineData("0000-02-29", -62_162_121_600_000)]
    [InlineData("9999-12-31", 253_402_214_400_000)]
    [InlineData("2024-02-29", 1_709_164_800_000)]
    [InlineData("2000-02-29", 951_782_400_000)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("2024-10-15T11:35:00Z", 1_728_992_100_000)]
    [InlineData("2024-10-15T11:35:00.001Z", 1_728_992_100_001)]
    [InlineData("2024-10-15T11:35:00+0000", 1_728_992_100_000)]
    [InlineData("2024-10-15T11:35:00-0000", 1_728_992_100_000)]
    [InlineData("2024-10-15T13:35:00.001+0200", 1_728_992_100_001)]
    [InlineData("2024-10-15T09:05:00-0230", 1_728_992_100_000)]
    [InlineData("1970-01-01T00:00:00+2359", -86_340_000)]
    [InlineData("1970-01-01T00:00:00-2359", 86_340_000)]
    public void A_datetime_is_read(string text, long milliseconds)
    {
        Assert.True(DatetimeValue.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.Milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024-10-1")]
    [InlineData("24-10-15")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("2024-01-00")]
    [InlineData("2024-01-32")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2024-10-15 ")]
    [InlineData("2024-10-15T")]
    [InlineData("2024-10-15t11:35:00Z")]
    [InlineData("2024-10-15T11:35:00")]
    [InlineData("2024-10-15T11:35Z")]
    [InlineData("2024-10-15T24:00:00Z")]
    [InlineData("2024-10-15T11:60:00Z")]
    [InlineData("2024-10-15T11:35:60Z")]
    [InlineData("2024-10-15T11:35:00.1Z")]
    [InlineData("2024-10-15T11:35:00.1234Z")]
    [InlineData("2024-10-15T11:35:00.123")]
    [InlineData("2024-10-15T11:35:00z")]
    [InlineData("2024-10-15T11:35:00+02:00")]
    [InlineData("2024-10-15T11:35:00+2400")]
    [InlineData("2024-10-15T11:35:00+0060")]
    [InlineData("2024-10-15T11:35:00Z ")]
    [InlineData("2024-10-15T11:35:00ZZ")]
    [InlineData("-024-10-15")]
    [InlineData("\u0662\u0660\u0662\u0664-10-15")]
    public void What_is_no_datetime_is_refused(string text)
    {
        Assert.False(DatetimeValue.TryParse(text, out _));
        Assert.Equal("error:Extension", Cedar.Result($"datetime(\"{text}\")"));
    }

    [Theory]
    [InlineData("0ms", 0)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("-1d2h3m4s5ms", -93_784_005)]
    [InlineData("5m", 300_000)]
    [InlineData("5ms", 5)]
    [InlineData("5m5ms", 300_005)]
    [InlineData("1d5ms", 86_400_005)]
    [InlineData("-0s", 0)]
    [InlineData("0000000000000000000000001s", 1_000)]
    [InlineData("9223372036854775807ms", long.MaxValue)]
    [InlineData("-9223372036854775808ms", long.MinValue)]
    [InlineData("106751991167d7h12m55s807ms", long.MaxValue)]
    [InlineData("-106751991167d7h12m55s808ms", long.MinValue)]
    public void A_duration_is_read(string text, long milliseconds)
    {
        Assert.True(DurationValue.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.Milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("d")]
    [InlineData("1x")]
    [InlineData("1h1d")]
    [InlineData("1h1h")]
    [InlineData("1ms1s")]
    [InlineData("1d-2h")]
    [InlineData("+1d")]
    [InlineData("--1d")]
    [InlineData("1D")]
    [InlineData("1 d")]
    [InlineData(" 1d")]
    [InlineData("1d ")]
    [InlineData("1.5h")]
    [InlineData("9223372036854775808ms")]
    [InlineData("-9223372036854775809ms")]
    [InlineData("106751991167d7h12m55s808ms")]
    [InlineData("18446744073709551616d")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.False(DurationValue.TryParse(text, out _));
        Assert.Equal("error:Extension", Cedar.Result($"duration(\"{text}\")"));
    }

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0/32")]
    [InlineData("255.255.255.255", "255.255.255.255/32")]
    [InlineData("10.0.0.1/8", "10.0.0.1/8")]
    [InlineData("10.0.0.1/0", "10.0.0.1/0")]
    [InlineData("::", "0:0:0:0:0:0:0:0/128")]
    [InlineData("::1", "0:0:0:0:0:0:0:1/128")]
    [InlineData("1::", "1:0:0:0:0:0:0:0/128")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0/128")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8/128")]
    [InlineData("1:2::7:8/64", "1:2:0:0:0:0:7:8/64")]
    [InlineData("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789/128", "abcd:ef01:2345:6789:abcd:ef01:2345:6789/128")]
    public void An_address_is_read(string text, string written)
    {
        Assert.True(IpValue.TryParse(text, out var value));
        Assert.Equal($"ip(\"{written}\")", value.ToString());
        Assert.True(IpValue.TryParse(written, out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1.2.3.4/")]
    [InlineData("1.2.3.4/33")]
    [InlineData("1.2.3.4/032")]
    [InlineData("1.2.3.4/-1")]
    [InlineData("1.2.3.4/+1")]
    [InlineData("1.2.3.4/8/8")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("-1::")]
    [InlineData("::1/129")]
    [InlineData("::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("::1.2.3.4")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(IpValue.TryParse(text, out _));
        Assert.Equal("error:Extension", Cedar.Result($"ip(\"{text}\")"));
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_value() => Property.Holds(2_000, generate =>
    {
        var value = generate.Value(2);
        Assert.Equal(value.ToString(), Cedar.Result(value.ToString()));
    });

    [Fact]
    public void Every_day_of_four_centuries_is_read_and_written()
    {
        for (var day = -1L; day < 146_098; day += 13)
        {
            var milliseconds = (day * 86_400_000) - 62_167_219_200_000;
            var text = DatetimeText.Write(milliseconds);
            Assert.Equal(day >= 0, text is not null);
            if (text is null)
                continue;
            Assert.True(DatetimeValue.TryParse(text, out var value));
            Assert.Equal(milliseconds, value.Milliseconds);
        }

        Assert.Equal("2024-10-15T11:35:00.001Z", DatetimeText.Write(1_728_992_100_001));
        Assert.Equal("9999-12-31T23:59:59.999Z", DatetimeText.Write(253_402_300_799_999));
        Assert.Null(DatetimeText.Write(253_402_300_800_000));
    }

    [Fact]
    public void The_framework_agrees_on_every_day_that_it_knows()
    {
        for (var day = new DateOnly(1, 1, 1); day < new DateOnly(9999, 1, 1); day = day.AddDays(97))
        {
            Assert.True(DatetimeValue.TryParse(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), out var value));
            Assert.Equal(new DateTimeOffset(day, default, TimeSpan.Zero).ToUnixTimeMilliseconds(), value.Milliseconds);
        }
    }
}
