using System.Text;
using Writ.Ledger.Columns;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Tests.Columns;

public sealed class ColumnIndexTests : IDisposable
{
    private const ulong ThreeRuns = (3 * 65_536) + 5_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("writ-columns-").FullName;

    [Fact]
    public void Every_row_has_what_its_record_and_later_ones_say_and_filters_find_exactly_the_rows_they_name()
    {
        var index = Open(new TestRecords(ThreeRuns));
        Assert.Equal(ThreeRuns, index.Behind);
        CatchUp(index);
        AssertHolds(index, ThreeRuns);
        foreach (var block in index.View().Blocks)
            AssertFilters(block);
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void An_index_opened_again_reads_its_blocks_and_goes_on_where_it_stopped()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        var written = Files().Select(File.GetLastWriteTimeUtc).ToArray();

        var index = Open(new TestRecords(ThreeRuns + 70_000));
        Assert.Equal(2UL * 65_536, index.Rows);
        CatchUp(index);
        AssertHolds(index, ThreeRuns + 70_000);
        Assert.Equal(written, Files().Take(2).Select(File.GetLastWriteTimeUtc));
        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void A_view_stands_while_the_log_grows()
    {
        var records = new TestRecords(10_000);
        var index = Open(records);
        CatchUp(index);
        var before = index.View();
        records.Size = 150_000;
        CatchUp(index);
        Assert.Equal(10_000UL, before.Rows);
        AssertHolds(before, 10_000, later: false);
        AssertHolds(index, 150_000);
    }

    [Fact]
    public void A_block_that_is_missing_cut_or_of_another_schema_is_made_again()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        File.Delete(Files()[0]);
        AssertMadeAgain(0);

        using (var file = File.OpenWrite(Files()[1]))
            file.SetLength(file.Length / 2);
        AssertMadeAgain(1); // what the extractor remembers, or the amendments, are cut off: found when it is opened

        var other = new ColumnIndex(new TestRecords(ThreeRuns), TestRecords.SchemaOf(2), new TestRecords(0), Options());
        Assert.Equal(0UL, other.Rows);
        CatchUp(other);
        AssertHolds(other, ThreeRuns);
    }

    [Fact]
    public void T41_blocks_of_another_history_of_the_log_are_not_used()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        Assert.Equal(0UL, Open(new TestRecords(ThreeRuns, "rewritten")).Rows);
        Assert.Empty(Files());
    }

    [Fact]
    public void Blocks_beyond_the_end_of_a_log_that_was_cut_are_not_used()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        Assert.Equal(65_536UL, Open(new TestRecords(65_536)).Rows);
        Assert.Single(Files());
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_block_is_found_before_it_is_believed()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        var whole = File.ReadAllBytes(Files()[1]);
        var random = new Random(20260701);
        var found = 0;
        for (var i = 0; i < 40; i++)
        {
            var damaged = whole.ToArray();
            var at = i < 20 ? i * 20 : random.Next(damaged.Length);
            damaged[at] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(Files()[1], damaged);
            var index = Open(new TestRecords(ThreeRuns));
            if (index.Rows < 2 * 65_536)
            {
                found++;
                File.WriteAllBytes(Path.Combine(_folder, "0000000001.blk"), whole);
                continue;
            }

            // Padding between columns holds nothing; every other byte is covered.
            var block = index.View().Blocks[1];
            if (block.Open(Enumerable.Range(0, TestRecords.Columns)) is null)
            {
                found++;
                index.Forget(block);
                Assert.Equal(65_536UL, index.Rows);
            }
            else
                AssertHolds(new ColumnView([.. index.View().Blocks.Take(2)], 2 * 65_536), 2 * 65_536, later: false);
            File.WriteAllBytes(Path.Combine(_folder, "0000000001.blk"), whole);
        }

        Assert.InRange(found, 34, 40);
    }

    [Fact]
    public void A_damaged_block_that_was_forgotten_is_made_again()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        var bytes = File.ReadAllBytes(Files()[0]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Files()[0], bytes);
        var index = Open(new TestRecords(ThreeRuns));
        var block = index.View().Blocks[0];
        Assert.Null(block.Open(Enumerable.Range(0, TestRecords.Columns)));
        index.Forget(block);
        Assert.Equal(0UL, index.Rows);
        CatchUp(index);
        AssertHolds(index, ThreeRuns);
    }

    [Fact]
    public void A_disk_that_takes_no_block_costs_memory_and_nothing_else()
    {
        var notAFolder = Path.Combine(_folder, "file");
        File.WriteAllText(notAFolder, "");
        var index = new ColumnIndex(new TestRecords(ThreeRuns), TestRecords.Schema, new TestRecords(0), Options() with { Folder = notAFolder });
        CatchUp(index);
        AssertHolds(index, ThreeRuns);
    }

    [Fact]
    public void Columns_in_memory_stay_within_their_budget()
    {
        CatchUp(Open(new TestRecords(ThreeRuns)));
        var index = new ColumnIndex(new TestRecords(ThreeRuns), TestRecords.Schema, new TestRecords(0), Options() with { CacheBytes = 1 });
        CatchUp(index);
        AssertHolds(index, ThreeRuns);
    }

    [Fact]
    public async Task The_index_of_a_real_log_has_its_records()
    {
        using var test = new TestLedger();
        await using var ledger = await test.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        await TestLedger.AppendAsync(ledger, log, 100);
        var index = ColumnIndex.Open(log, TestRecords.Schema, new TestRecords(0), Options());
        CatchUp(index);
        AssertHolds(index, 100);
        await TestLedger.AppendAsync(ledger, log, 50);
        Assert.Equal(50UL, index.Behind);
        CatchUp(index);
        AssertHolds(index, 150);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void CatchUp(ColumnIndex index)
    {
        while (index.Behind > 0)
            Assert.Null(index.CatchUp(50_000));
    }

    private static void AssertHolds(ColumnIndex index, ulong size) => AssertHolds(index.View(), size);

    private static void AssertHolds(ColumnView view, ulong size, bool later = true)
    {
        Assert.Equal(size, view.Rows);
        ulong next = 0;
        foreach (var block in view.Blocks)
        {
            Assert.Equal(next, block.FirstRow);
            var open = block.Open(Enumerable.Range(0, TestRecords.Columns))!;
            for (var row = 0; row < block.Rows; row++, next++)
            {
                var holds = TestRecords.NameOf(next) == (Text(open.Texts(TestRecords.Name), row) ?? "")
                    && TestRecords.AmountOf(next) == open.Numbers(TestRecords.Amount).At(row)
                    && TestRecords.NamesOf(next).AsSpan().SequenceEqual(Items(open.Texts(TestRecords.Names), row))
                    && TestRecords.IdOf(next) == (open.Ids(TestRecords.Id).At(row) ?? Guid.Empty)
                    && TestRecords.SteppedOf(next) == open.Numbers(TestRecords.Stepped).At(row)
                    && TestRecords.CopiedOf(next) == Text(open.Texts(TestRecords.Copied), row)
                    && (!later || TestRecords.LaterOf(next, size) == Text(open.Texts(TestRecords.Later), row));
                if (!holds)
                    Assert.Fail($"row {next} does not hold what its record says");
            }
        }

        Assert.Equal(size, next);
    }

    private static void AssertFilters(ColumnBlock block)
    {
        Check(new RowFilter.Text(TestRecords.Name, text => text.SequenceEqual("name-25"u8)), row => TestRecords.NameOf(row) == "name-25");
        Check(new RowFilter.Text(TestRecords.Name, text => text.StartsWith("name-2"u8)), row => TestRecords.NameOf(row).StartsWith("name-2", StringComparison.Ordinal));
        Check(new RowFilter.Text(TestRecords.Names, text => text.SequenceEqual("n3"u8)), row => TestRecords.NamesOf(row).Contains("n3"));
        Check(new RowFilter.Number(TestRecords.Amount, -100, 20_000), row => TestRecords.AmountOf(row) is >= -100 and <= 20_000);
        Check(new RowFilter.Number(TestRecords.Amount, long.MinValue, -49_000), row => TestRecords.AmountOf(row) is <= -49_000);
        Check(new RowFilter.Number(TestRecords.Amount, 49_000, long.MaxValue), row => TestRecords.AmountOf(row) is >= 49_000);
        Check(new RowFilter.Number(TestRecords.Amount, 60_000, long.MaxValue), _ => false);
        Check(new RowFilter.Number(TestRecords.Stepped, -4_999, 10_001), row => TestRecords.SteppedOf(row) is >= -4_999 and <= 10_001);
        Check(new RowFilter.Number(TestRecords.Stepped, -5_000, 10_000), row => TestRecords.SteppedOf(row) is >= -5_000 and <= 10_000);
        Check(new RowFilter.Number(TestRecords.Stepped, -1_000_000, 1_000_000), _ => true);
        Check(
            new RowFilter.All([new RowFilter.Number(TestRecords.Stepped, 0, 20_000), new RowFilter.Text(TestRecords.Name, text => text.SequenceEqual("name-25"u8)), new RowFilter.Number(TestRecords.Amount, 0, long.MaxValue)]),
            row => TestRecords.SteppedOf(row) is >= 0 and <= 20_000 && TestRecords.NameOf(row) == "name-25" && TestRecords.AmountOf(row) is >= 0);
        Check(new RowFilter.Id(TestRecords.Id, TestRecords.IdOf(block.FirstRow + 2)), row => row == block.FirstRow + 2 && TestRecords.IdOf(row) != Guid.Empty);
        Check(new RowFilter.Has(TestRecords.Amount), row => TestRecords.AmountOf(row) is not null);
        Check(new RowFilter.Not(new RowFilter.Has(TestRecords.Names)), row => TestRecords.NamesOf(row).Length == 0);
        Check(
            new RowFilter.All([new RowFilter.Number(TestRecords.Amount, 0, long.MaxValue), new RowFilter.Not(new RowFilter.Text(TestRecords.Name, _ => true))]),
            row => TestRecords.AmountOf(row) is >= 0 && TestRecords.NameOf(row).Length == 0);
        Check(
            new RowFilter.OneOf([new RowFilter.Number(TestRecords.Amount, 0, 5), new RowFilter.Text(TestRecords.Names, text => text.SequenceEqual("n4"u8))]),
            row => TestRecords.AmountOf(row) is >= 0 and <= 5 || TestRecords.NamesOf(row).Contains("n4"));

        void Check(RowFilter filter, Func<ulong, bool> expected)
        {
            var rows = filter.Apply(block.Open(filter.ColumnsOf(block))!);
            var count = 0;
            for (var row = 0; row < block.Rows; row++)
            {
                var wanted = expected(block.FirstRow + (ulong)row);
                if (rows.Contains(row) != wanted)
                    Assert.Fail($"row {block.FirstRow + (ulong)row}: {filter}");
                count += wanted ? 1 : 0;
            }

            Assert.Equal(count, rows.Count);
            Assert.True(count == 0 || filter.MayMatch(block), $"{filter} passes over a block with {count} rows");
            var walked = 0;
            for (var row = rows.NextFrom(0); row >= 0; row = rows.NextFrom(row + 1))
                walked++;
            Assert.Equal(count, walked);
            for (var row = rows.LastBefore(block.Rows); row >= 0; row = rows.LastBefore(row))
                walked--;
            Assert.Equal(0, walked);
        }
    }

    private static string? Text(TextColumn column, int row) => column.EntryAt(row) is var entry and > 0 ? Encoding.UTF8.GetString(column.Entry(entry)) : null;

    private static string[] Items(TextColumn column, int row)
    {
        var items = new List<string>();
        if (column.EntryAt(row) is var entry and > 0)
        {
            foreach (var item in column.ItemsOf(entry))
                items.Add(Encoding.UTF8.GetString(item));
        }

        return [.. items];
    }

    private void AssertMadeAgain(int expectedBlocks)
    {
        var index = Open(new TestRecords(ThreeRuns));
        Assert.Equal((ulong)expectedBlocks * 65_536, index.Rows);
        foreach (var block in index.View().Blocks)
        {
            if (block.Open(Enumerable.Range(0, TestRecords.Columns)) is null)
            {
                index.Forget(block);
                break;
            }
        }

        CatchUp(index);
        AssertHolds(index, ThreeRuns);
    }

    private string[] Files() => [.. Directory.GetFiles(_folder, "*.blk").Order(StringComparer.Ordinal)];

    private ColumnIndexOptions Options() => new() { Folder = _folder, Disk = PosixDisk.Instance };

    private ColumnIndex Open(TestRecords records) => new(records, TestRecords.Schema, new TestRecords(0), Options());
}
