using System.Collections.Immutable;

namespace Writ.Ledger.Columns;

/// <summary>
/// Which rows are wanted: a closed hierarchy. A row without a value in a column is in no <see cref="Text"/>, <see cref="Number"/> or
/// <see cref="Id"/> of that column, and in the <see cref="Not"/> of each. Immutable.
/// </summary>
public abstract record RowFilter
{
    private RowFilter()
    {
    }

    /// <summary>The columns it has to read of a block.</summary>
    public abstract IEnumerable<int> ColumnsOf(ColumnBlock block);

    /// <summary>False only when no row of the block can be wanted, told from what is known without reading it.</summary>
    public abstract bool MayMatch(ColumnBlock block);

    /// <summary>The wanted rows of a block that was opened with <see cref="ColumnsOf"/>.</summary>
    public abstract RowSet Apply(OpenBlock block);

    /// <summary>Takes out of some rows those that are not wanted.</summary>
    private protected virtual void Narrow(OpenBlock block, RowSet rows) => rows.And(Apply(block));

    /// <summary>Rows whose text is wanted, or one of whose texts is.</summary>
    public sealed record Text(int Column, TextTest Test) : RowFilter
    {
        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => [Column];

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) => block.HasValues(Column);

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block) => block.Texts(Column).Where(Test);
    }

    /// <summary>Rows whose number lies between two, both included.</summary>
    public sealed record Number(int Column, long Low, long High) : RowFilter
    {
        // So few rows are looked at one by one.
        private const int FewOf = 64;

        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => IsEveryRow(block) ? [] : [Column];

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) => block.HasValues(Column) && block.MinOf(Column) <= High && block.MaxOf(Column) >= Low;

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block) => IsEveryRow(block.Block) ? RowSet.Whole(block.Rows) : block.Numbers(Column).Between(Low, High);

        private protected override void Narrow(OpenBlock block, RowSet rows)
        {
            if (IsEveryRow(block.Block))
                return;
            if (rows.Count > block.Rows / FewOf)
            {
                base.Narrow(block, rows);
                return;
            }

            var numbers = block.Numbers(Column);
            for (var row = rows.NextFrom(0); row >= 0; row = rows.NextFrom(row + 1))
            {
                if (numbers.At(row) is not { } number || number < Low || number > High)
                    rows.Remove(row);
            }
        }

        private bool IsEveryRow(ColumnBlock block) => block.IsFull(Column) && block.MinOf(Column) >= Low && block.MaxOf(Column) <= High;
    }

    /// <summary>Rows with this id.</summary>
    public sealed record Id(int Column, Guid Value) : RowFilter
    {
        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => [Column];

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) =>
            block.HasValues(Column) && IdColumn.ZoneOf(Value) is var zone && block.MinOf(Column) <= zone && block.MaxOf(Column) >= zone;

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block) => block.Ids(Column).Where(Value);
    }

    /// <summary>Rows that have a value in the column.</summary>
    public sealed record Has(int Column) : RowFilter
    {
        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => [Column];

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) => block.HasValues(Column);

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block) => block.Any(Column).Present();
    }

    /// <summary>Rows that all of the filters want; every row where there are none.</summary>
    public sealed record All(ImmutableArray<RowFilter> Filters) : RowFilter
    {
        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => Filters.SelectMany(f => f.ColumnsOf(block));

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) => Filters.All(f => f.MayMatch(block));

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block)
        {
            var rows = RowSet.Whole(block.Rows);
            // Texts first: they leave few rows, and of few rows numbers are cheap.
            foreach (var filter in Filters.Where(f => f is not Number).Concat(Filters.Where(f => f is Number)))
            {
                filter.Narrow(block, rows);
                if (rows.NextFrom(0) < 0)
                    break;
            }

            return rows;
        }
    }

    /// <summary>Rows that one of the filters wants.</summary>
    public sealed record OneOf(ImmutableArray<RowFilter> Filters) : RowFilter
    {
        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => Filters.SelectMany(f => f.ColumnsOf(block));

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) => Filters.Any(f => f.MayMatch(block));

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block)
        {
            var rows = new RowSet(block.Rows);
            foreach (var filter in Filters)
                rows.Or(filter.Apply(block));
            return rows;
        }
    }

    /// <summary>Rows that the filter does not want.</summary>
    public sealed record Not(RowFilter Filter) : RowFilter
    {
        /// <inheritdoc/>
        public override IEnumerable<int> ColumnsOf(ColumnBlock block) => Filter.ColumnsOf(block);

        /// <inheritdoc/>
        public override bool MayMatch(ColumnBlock block) => true;

        /// <inheritdoc/>
        public override RowSet Apply(OpenBlock block)
        {
            var rows = Filter.Apply(block);
            rows.Invert();
            return rows;
        }
    }
}
