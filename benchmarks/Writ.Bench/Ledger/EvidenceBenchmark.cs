namespace Writ.Bench.Ledger;

/// <summary>The whole path of a record, which the bench <c>ledger</c> measures too, without its neighbours.</summary>
internal sealed class EvidenceBenchmark : IBenchmark
{
    private const int Runs = 3;

    public string Name => "evidence";

    public Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) => EvidenceRun.FiguresAsync(Runs);
}
