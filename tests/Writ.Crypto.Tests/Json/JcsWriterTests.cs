using System.Text;
using Writ.Crypto.Json;

namespace Writ.Crypto.Tests.Json;

public sealed class JcsWriterTests
{
    [Fact]
    public void It_writes_what_the_canonicalizer_would()
    {
        using var writer = new JcsWriter(1);
        for (var round = 0; round < 3; round++)
        {
            writer.Reset();
            WriteSample(writer);
            Assert.True(Jcs.TryCanonicalize(writer.Written, out var canonical, out var error), error?.Message);
            Assert.Equal(Encoding.UTF8.GetString(canonical), Encoding.UTF8.GetString(writer.Written));
        }
    }

    [Fact]
    public void Strings_of_any_characters_equal_the_canonicalizers_by_both_ways()
    {
        var random = new Random(5);
        using var writer = new JcsWriter(1);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(4) switch
            {
                0 => ((char)random.Next(0x20)).ToString(),
                1 => ((char)random.Next(0x20, 0x80)).ToString(),
                2 => ((char)random.Next(0x80, 0xD800)).ToString(),
                _ => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
            }));
            writer.Reset();
            writer.BeginArray();
            writer.String(text);
            writer.String(Encoding.UTF8.GetBytes(text));
            writer.EndArray();
            Assert.True(Jcs.TryCanonicalize(writer.Written, out var canonical, out _));
            Assert.Equal(canonical, writer.Written.ToArray());
            using var document = System.Text.Json.JsonDocument.Parse(canonical);
            Assert.Equal(text, document.RootElement[0].GetString());
            Assert.Equal(text, document.RootElement[1].GetString());
        }
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a\t")]
    [InlineData("\uFB33", "\U0001F600")]
    public void Keys_out_of_order_throw(string first, string second)
    {
        using var writer = new JcsWriter();
        writer.BeginObject();
        writer.Key(Encoding.UTF8.GetBytes(first));
        writer.Null();
        Assert.Throws<InvalidOperationException>(() => writer.Key(Encoding.UTF8.GetBytes(second)));
    }

    [Fact]
    public void The_order_of_an_outer_object_is_remembered_across_an_inner_one()
    {
        using var writer = new JcsWriter();
        writer.BeginObject();
        writer.Key("m"u8);
        writer.BeginObject();
        writer.Key("a"u8);
        writer.Null();
        writer.EndObject();
        Assert.Throws<InvalidOperationException>(() => writer.Key("b"u8));
    }

    public static TheoryData<Action<JcsWriter>> Bugs => new()
    {
        w => _ = w.Written.Length,
        w => { w.BeginArray(); _ = w.Written.Length; },
        w => { w.Null(); w.Null(); },
        w => { w.BeginObject(); w.Null(); },
        w => { w.BeginObject(); w.Key("a"u8); w.Key("b"u8); },
        w => { w.BeginObject(); w.Key("a"u8); w.EndObject(); },
        w => { w.BeginObject(); w.EndArray(); },
        w => { w.BeginArray(); w.EndObject(); },
        w => w.EndObject(),
        w => w.Key("a"u8),
        w => { w.BeginArray(); w.Key("a"u8); },
        w => { for (var i = 0; i < 65; i++) w.BeginArray(); },
        w => { w.Dispose(); w.Null(); },
    };

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_callers_bug_throws(Action<JcsWriter> bug)
    {
        using var writer = new JcsWriter();
        Assert.ThrowsAny<InvalidOperationException>(() => bug(writer));
    }

    [Fact]
    public void What_cannot_be_carried_exactly_throws()
    {
        using var writer = new JcsWriter();
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Integer(JcsWriter.MaxInteger + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Integer(-JcsWriter.MaxInteger - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Integer(long.MinValue));
        Assert.Throws<ArgumentException>(() => writer.String("\ud800"));
        writer.Reset();
        Assert.Throws<ArgumentException>(() => writer.String([0xC3]));
    }

    [Fact]
    public void It_allocates_nothing_once_its_buffer_has_grown()
    {
        using var writer = new JcsWriter();
        WriteSample(writer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            writer.Reset();
            WriteSample(writer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void WriteSample(JcsWriter writer)
    {
        writer.BeginObject();
        writer.Key("\n"u8);
        writer.Boolean(true);
        writer.Key("A"u8);
        writer.BeginArray();
        writer.Integer(JcsWriter.MaxInteger);
        writer.Integer(-JcsWriter.MaxInteger);
        writer.Integer(0);
        writer.Text(long.MaxValue);
        writer.Text(new Guid("01890a5d-ac96-774b-bcce-b302099a8057"));
        writer.Text(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "O");
        writer.EndArray();
        writer.Key("B"u8);
        writer.BeginObject();
        writer.EndObject();
        writer.Key("a"u8);
        writer.Bytes([1, 2, 3, 255]);
        writer.Key("b"u8);
        writer.String("plain and \"quoted\" \u20ac");
        writer.Key("c"u8);
        writer.Null();
        writer.EndObject();
    }
}
