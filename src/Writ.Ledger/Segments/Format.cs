namespace Writ.Ledger.Segments;

/// <summary>The numbers of the file format, version 1 (docs/ledger-format.md). All integers on disk are little-endian.</summary>
internal static class Format
{
    public const uint Version = 1;

    /// <summary>The unit a disk writes whole or not at all; batches start on it, so that a tear shows as missing sectors.</summary>
    public const int Sector = 512;

    /// <summary>What memory and disks move at once; segments are whole pages.</summary>
    public const int Page = 4096;

    public const int SegmentHeaderLength = Sector;

    /// <summary>crc, length, log number.</summary>
    public const int FrameHeaderLength = 12;

    /// <summary>The largest record: C2SP tlog-tiles prefixes an entry with 16 bits of length.</summary>
    public const int MaxRecordLength = 65_535;

    /// <summary>The smallest segment that always holds one largest record with its headers.</summary>
    public const long MinSegmentLength = 256 * 1024;

    public const long MaxSegmentLength = 1L << 30;

    /// <summary>The logical log that maps origins to numbers. It exists from the first byte on.</summary>
    public const uint CatalogLog = 0;

    public static long AlignToSector(long length) => (length + Sector - 1) & ~(Sector - 1L);
}
