using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>
/// Which columns an index has, and which version of the extractor fills them. Blocks that another schema filled are made anew, so a
/// changed meaning of a column needs a new version. Immutable, thread safe.
/// </summary>
public sealed class ColumnSchema
{
    /// <summary>The most columns, 256.</summary>
    public const int MaxColumns = 256;

    /// <summary>Names the columns.</summary>
    /// <exception cref="ArgumentException">There are none, more than <see cref="MaxColumns"/>, or two of one name.</exception>
    public ColumnSchema(int version, ImmutableArray<Column> columns)
    {
        if (columns.IsDefaultOrEmpty || columns.Length > MaxColumns || columns.DistinctBy(c => c.Name).Count() != columns.Length)
            throw new ArgumentException($"a schema has 1 to {MaxColumns} columns of different names", nameof(columns));
        Columns = columns;
        var text = new MemoryStream();
        Span<byte> word = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(word, version);
        text.Write(word);
        foreach (var column in columns)
        {
            var name = Encoding.UTF8.GetBytes(column.Name);
            BinaryPrimitives.WriteInt32LittleEndian(word, name.Length);
            text.Write(word);
            text.Write(name);
            text.WriteByte((byte)column.Kind);
        }

        Fingerprint = Hash256.Of(text.ToArray());
    }

    /// <summary>The columns; their places are what filters and blocks ask for.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>Names version and columns in every block.</summary>
    internal Hash256 Fingerprint { get; }
}
