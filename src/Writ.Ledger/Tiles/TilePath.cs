using System.Globalization;

namespace Writ.Ledger.Tiles;

/// <summary>
/// The name of one resource of a tiled log (C2SP tlog-tiles): a tile of up to 256 hashes, or a bundle of up to 256 entries. The default
/// value names nothing. Immutable, thread safe.
/// </summary>
public readonly record struct TilePath
{
    /// <summary>How many hashes or entries a full tile or bundle has.</summary>
    public const int FullWidth = 256;

    /// <summary>The binary levels of the tree that one level of tiles spans.</summary>
    internal const int Height = 8;

    private const int EntriesLevel = -1;
    private const int MaxLevel = 63;
    private const int MaxText = 64;
    private const string Partial = ".p";

    private TilePath(int level, ulong index, int width) => (Level, Index, Width) = (level, index, width);

    /// <summary>True for a bundle of entries.</summary>
    public bool IsEntries => Level == EntriesLevel;

    /// <summary>The level of a tile of hashes, 0 to 63: 0 has the leaf hashes, a hash above is the root of a full tile below; -1 for entries.</summary>
    public int Level { get; }

    /// <summary>The zero-based place of the tile in its level.</summary>
    public ulong Index { get; }

    /// <summary>How many hashes or entries it has, 1 to 256.</summary>
    public int Width { get; }

    /// <summary>True when it can never grow.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The same tile or bundle once it is full.</summary>
    public TilePath Whole => new(Level, Index, FullWidth);

    /// <summary>A tile of hashes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a level of 0 to 63, or not a width of 1 to 256.</exception>
    public static TilePath Hashes(int level, ulong index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        return new TilePath(level, index, Checked(width));
    }

    /// <summary>A bundle of entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a width of 1 to 256.</exception>
    public static TilePath Entries(ulong index, int width = FullWidth) => new(EntriesLevel, index, Checked(width));

    /// <summary>
    /// Reads <c>tile/L/N</c>, <c>tile/entries/N</c> and either with <c>.p/W</c>, where N is <c>x001/x234/067</c> for 1,234,067. There is
    /// one text for a path: leading zeros, a missing <c>x</c> and a width of 0 or 256 are refused.
    /// </summary>
    public static bool TryParse(string text, out TilePath path)
    {
        path = default;
        if (text.Length > MaxText || text.Split('/') is not { Length: >= 3 } parts)
            return false;
        var (end, width) = (parts.Length, FullWidth);
        if (parts[^2].EndsWith(Partial, StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth)
                return false;
            parts[--end - 1] = parts[end - 1][..^Partial.Length];
        }

        var level = EntriesLevel;
        if (parts[1] != "entries" && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out level) || level > MaxLevel))
            return false;
        var index = 0UL;
        foreach (var part in parts.AsSpan(2..end))
        {
            if (!ulong.TryParse(part.TrimStart('x'), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) || index > ulong.MaxValue / 1000 - 1)
                return false;
            index = index * 1000 + digits;
        }

        // What was read loosely has to be the one text of what was read.
        path = new TilePath(level, index, width);
        if (path.ToString() == text)
            return true;
        path = default;
        return false;
    }

    /// <summary>How many of its 256 places a tree of this size fills; 0 when it has no such tile.</summary>
    public int WidthAt(ulong size)
    {
        var level = IsEntries ? 0 : Level;
        var filled = level * Height >= 64 ? 0 : size >> (level * Height);
        return Index > filled / FullWidth ? 0 : (int)Math.Min(FullWidth, filled - Index * FullWidth);
    }

    /// <summary>The path below the log's prefix, without a slash in front.</summary>
    public override string ToString()
    {
        var number = Digits(Index % 1000);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
            number = $"x{Digits(rest % 1000)}/{number}";
        var level = IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return IsFull ? $"tile/{level}/{number}" : string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{number}{Partial}/{Width}");
    }

    private static int Checked(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width;
    }

    private static string Digits(ulong value) => value.ToString("000", CultureInfo.InvariantCulture);
}
