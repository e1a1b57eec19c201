namespace Writ.Ledger.Columns;

/// <summary>One column of an index. Immutable.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What it holds.</param>
public sealed record Column(string Name, ColumnKind Kind);
