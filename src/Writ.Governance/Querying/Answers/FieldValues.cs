using System.Collections.Immutable;
using System.Text;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Records;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Answers;

/// <summary>Reads the value of a field in a row, as an answer shows it.</summary>
internal static class FieldValues
{
    public static object? Of(QueryField field, OpenBlock block, int row) => field.Kind switch
    {
        FieldKind.Text => Text(block.Texts(field.Column), row),
        FieldKind.Set => Items(block.Texts(field.Column), row),
        FieldKind.Id => block.Ids(field.Column).At(row),
        var kind => block.Numbers(field.Column).At(row) is { } number ? Number(kind, number) : null,
    };

    /// <summary>A number of a column, as an answer shows it.</summary>
    public static object Number(FieldKind kind, long number) => kind switch
    {
        FieldKind.Time => Timestamp.FromMicroseconds(number),
        FieldKind.Amount => Billionths.ToDecimal(number),
        _ => number,
    };

    private static string? Text(TextColumn column, int row) => column.EntryAt(row) is var entry and > 0 ? Encoding.UTF8.GetString(column.Entry(entry)) : null;

    private static ImmutableArray<string>? Items(TextColumn column, int row)
    {
        if (column.EntryAt(row) is not (> 0 and var entry))
            return null;
        var items = ImmutableArray.CreateBuilder<string>();
        foreach (var item in column.ItemsOf(entry))
            items.Add(Encoding.UTF8.GetString(item));
        return items.ToImmutable();
    }
}
