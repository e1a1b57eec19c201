using Writ.Ledger;
using Writ.Server.Metrics;

namespace Writ.Server.Tests.Metrics;

public sealed class MetricWriterTests
{
    [Fact]
    public void What_is_written_reads_back_as_the_format_says()
    {
        var samples = MetricText.Read(Written());
        Assert.Equal(3, samples["""a_total{name="one \\ \"two\"\nthree"}"""]);
        Assert.Equal(0.25, samples["b"]);
        Assert.Equal(1, samples["""c_seconds_bucket{log="x",le="0.0001"}"""]);
        Assert.Equal(3, samples["""c_seconds_bucket{log="x",le="+Inf"}"""]);
        Assert.Equal(20.0001, samples["""c_seconds_sum{log="x"}"""], 9);
    }

    [Theory]
    [InlineData("# TYPE a_total counter\n", "")]
    [InlineData("# TYPE a_total counter", "# TYPE a_total number")]
    [InlineData("# TYPE b gauge", "# TYPE a_total gauge")]
    [InlineData("b 0.25", "b 0.25 soon")]
    [InlineData("b 0.25", "b 0.25\nb 0.25")]
    [InlineData("b 0.25", "other 0.25")]
    [InlineData("b 0.25", "b 0,25")]
    [InlineData("""le="+Inf"} 3""", """le="+Inf"} 2""")]
    [InlineData("""le="0.0001"} 1""", """le="0.0001"} 4""")]
    [InlineData("\\\"two\\\"", "\"two\"")]
    public void What_is_changed_is_not_of_the_format(string from, string to)
    {
        var text = Written();
        Assert.Contains(from, text);
        Assert.Throws<FormatException>(() => MetricText.Read(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_family_is_written_once()
    {
        var writer = new MetricWriter();
        writer.Family("a", MetricKind.Gauge, "Something.");
        Assert.Throws<InvalidOperationException>(() => writer.Family("a", MetricKind.Gauge, "Something."));
    }

    private static string Written()
    {
        var writer = new MetricWriter();
        writer.Family("a_total", MetricKind.Counter, "A line\nand a \\.");
        writer.Sample(3, ("name", "one \\ \"two\"\nthree"));
        writer.Family("b", MetricKind.Gauge, "Plain.");
        writer.Sample(0.25);
        writer.Family("c_seconds", MetricKind.Histogram, "Times.");
        var times = new LatencyHistogram();
        times.Add(TimeSpan.FromMicroseconds(100)); // a bound is in its own bucket
        times.Add(TimeSpan.FromSeconds(5));
        times.Add(TimeSpan.FromSeconds(15));
        writer.Histogram(times.Read(), ("log", "x"));
        return writer.ToString();
    }
}
