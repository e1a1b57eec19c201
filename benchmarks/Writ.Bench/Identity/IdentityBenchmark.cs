namespace Writ.Bench.Identity;

/// <summary>What it costs to know who calls and on whose authority. Each part measures what it is held to beside what it cannot be cheaper than.</summary>
internal sealed class IdentityBenchmark : IBenchmark
{
    public string Name => "identity";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) => [.. await KeyFigures.MeasureAsync(), .. ChainFigures.Measure(), .. SignatureFigures.Measure()];
}
