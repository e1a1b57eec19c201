using Writ.Ledger.Tiles;

namespace Writ.Ledger.Tests.Tiles;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/0/999", 0, 999, 256)]
    [InlineData("tile/1/x001/000", 1, 1000, 256)]
    [InlineData("tile/0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("tile/63/001.p/1", 63, 1, 1)]
    [InlineData("tile/0/x001/x234/067.p/255", 0, 1_234_067, 255)]
    public void A_tile_has_one_text_and_a_text_one_tile(string text, int level, ulong index, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path));
        Assert.Equal((level, index, width, false), (path.Level, path.Index, path.Width, path.IsEntries));
        Assert.Equal(TilePath.Hashes(level, index, width), path);
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("tile/entries/000", 0, 256)]
    [InlineData("tile/entries/x001/042.p/7", 1042, 7)]
    public void So_has_a_bundle(string text, ulong index, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path));
        Assert.Equal((true, index, width), (path.IsEntries, path.Index, path.Width));
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/1000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/xx001/000")]
    [InlineData("tile/0/x1/000")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/x001.p/000")]
    [InlineData("tile/0/../000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/ 00")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/x018/x446/x744/x073/x709/x551/616")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void Any_other_text_is_refused(string text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void A_tree_of_70000_has_the_tiles_that_the_specification_counts()
    {
        const ulong size = 70_000;
        Assert.Equal(256, TilePath.Hashes(0, 272).WidthAt(size));
        Assert.Equal(112, TilePath.Hashes(0, 273).WidthAt(size));
        Assert.Equal(0, TilePath.Hashes(0, 274).WidthAt(size));
        Assert.Equal((256, 17, 0), (TilePath.Hashes(1, 0).WidthAt(size), TilePath.Hashes(1, 1).WidthAt(size), TilePath.Hashes(1, 2).WidthAt(size)));
        Assert.Equal((1, 0), (TilePath.Hashes(2, 0).WidthAt(size), TilePath.Hashes(3, 0).WidthAt(size)));
        Assert.Equal(112, TilePath.Entries(273).WidthAt(size));
        Assert.Equal((256, 1, 0), (TilePath.Hashes(0, 0).WidthAt(256), TilePath.Hashes(1, 0).WidthAt(256), TilePath.Hashes(0, 1).WidthAt(256)));
        Assert.Equal(0, TilePath.Hashes(0, ulong.MaxValue).WidthAt(ulong.MaxValue));
        Assert.Equal((255, 0), (TilePath.Hashes(7, 0).WidthAt(ulong.MaxValue), TilePath.Hashes(8, 0).WidthAt(ulong.MaxValue)));
    }

    [Fact]
    public void What_is_no_tile_cannot_be_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.Hashes(64, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.Hashes(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.Entries(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.Entries(0, 257));
    }
}
