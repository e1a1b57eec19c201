namespace Writ.Bench;

/// <summary>A group of figures measured together, chosen by name on the command line.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken);
}
