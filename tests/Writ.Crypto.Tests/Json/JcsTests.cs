using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FsCheck;
using FsCheck.Fluent;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;

namespace Writ.Crypto.Tests.Json;

public sealed class JcsTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData(""" { "a" : [ ] , "A" : { } } """, """{"A":{},"a":[]}""")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("-1", "-1")]
    [InlineData("1E3", "1000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("9007199254740993.0", "9007199254740992")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1e-400", "0")]
    [InlineData("\"\\u0041\\/\\u001F\\u007f\\n\"", "\"A/\\u001f\u007f\\n\"")]
    [InlineData("\"\\uD83D\\uDE00\"", "\"\U0001F600\"")]
    [InlineData("""{"\u20ac":1,"\r":2,"1":3,"\ud83d\ude00":4,"\u0080":5,"\u00f6":6,"\ufb33":7}""", "{\"\\r\":2,\"1\":3,\"\u0080\":5,\"\u00f6\":6,\"\u20ac\":1,\"\U0001F600\":4,\"\uFB33\":7}")]
    [InlineData("""{"\\":1,"\"":2,"]":3,"[":4,"a\n":5,"a\t":6,"a\u000b":7,"a ":8,"a":9}""", """{"\"":2,"[":4,"\\":1,"]":3,"a":9,"a\t":6,"a\n":5,"a\u000b":7,"a ":8}""")]
    public void It_gives_the_one_form(string json, string expected)
    {
        Assert.True(Jcs.TryCanonicalize(Encoding.UTF8.GetBytes(json), out var canonical, out var error), error?.Message);
        Assert.Equal(expected, Encoding.UTF8.GetString(canonical));
        Assert.True(Jcs.TryCanonicalize(canonical, out var again, out error), error?.Message);
        Assert.Equal(canonical, again);
        Assert.True(Jcs.TryHash(Encoding.UTF8.GetBytes(json), out var hash, out _));
        Assert.Equal(Hash256.Of(canonical), hash);
    }

    [Theory]
    [InlineData("", JcsErrorKind.Syntax, 0, "")]
    [InlineData("  ", JcsErrorKind.Syntax, 2, "")]
    [InlineData("\uFEFF1", JcsErrorKind.Syntax, 0, "")]
    [InlineData("1 2", JcsErrorKind.Syntax, 2, "")]
    [InlineData("[1,]", JcsErrorKind.Syntax, 3, "/1")]
    [InlineData("[1", JcsErrorKind.Syntax, 2, "/0")]
    [InlineData("{\"a\":1,}", JcsErrorKind.Syntax, 7, "/a")]
    [InlineData("{\"a\" 1}", JcsErrorKind.Syntax, 5, "/a")]
    [InlineData("{a:1}", JcsErrorKind.Syntax, 1, "")]
    [InlineData("[1}", JcsErrorKind.Syntax, 2, "/0")]
    [InlineData("01", JcsErrorKind.Syntax, 1, "")]
    [InlineData("+1", JcsErrorKind.Syntax, 0, "")]
    [InlineData("-", JcsErrorKind.Syntax, 1, "")]
    [InlineData(".5", JcsErrorKind.Syntax, 0, "")]
    [InlineData("1.", JcsErrorKind.Syntax, 2, "")]
    [InlineData("1e", JcsErrorKind.Syntax, 2, "")]
    [InlineData("NaN", JcsErrorKind.Syntax, 0, "")]
    [InlineData("Infinity", JcsErrorKind.Syntax, 0, "")]
    [InlineData("tru", JcsErrorKind.Syntax, 0, "")]
    [InlineData("truex", JcsErrorKind.Syntax, 4, "")]
    [InlineData("// c\n1", JcsErrorKind.Syntax, 0, "")]
    [InlineData("\"abc", JcsErrorKind.Syntax, 4, "")]
    [InlineData("\"a\tb\"", JcsErrorKind.Syntax, 2, "")]
    [InlineData("\"\\x\"", JcsErrorKind.Syntax, 1, "")]
    [InlineData("\"\\u12\"", JcsErrorKind.Syntax, 1, "")]
    [InlineData("\"\\u12G4\"", JcsErrorKind.Syntax, 1, "")]
    [InlineData("\"\\", JcsErrorKind.Syntax, 1, "")]
    [InlineData("[0,\"\\ud800\"]", JcsErrorKind.LoneSurrogate, 4, "/1")]
    [InlineData("\"\\udc00\\ud800\"", JcsErrorKind.LoneSurrogate, 1, "")]
    [InlineData("\"\\ud800\\u0041\"", JcsErrorKind.LoneSurrogate, 1, "")]
    [InlineData("""{"x":{"a":1,"b":2,"a":3}}""", JcsErrorKind.DuplicateKey, 18, "/x/a")]
    [InlineData("""{"a":1,"\u0061":2}""", JcsErrorKind.DuplicateKey, 7, "/a")]
    [InlineData("""{"~/":{"b":1e400}}""", JcsErrorKind.NumberTooLarge, 11, "/~0~1/b")]
    [InlineData("-1e309", JcsErrorKind.NumberTooLarge, 0, "")]
    [InlineData("9007199254740993", JcsErrorKind.IntegerNotExact, 0, "")]
    [InlineData("1152921504606846976", JcsErrorKind.IntegerNotExact, 0, "")]
    [InlineData("10000000000000000000000", JcsErrorKind.IntegerNotExact, 0, "")]
    public void What_has_two_readings_is_refused_with_its_place(string json, JcsErrorKind kind, int offset, string pointer)
    {
        Assert.False(Jcs.TryCanonicalize(Encoding.UTF8.GetBytes(json), out var canonical, out var error));
        Assert.Null(canonical);
        Assert.Equal(new JcsError(kind, offset, pointer), error);
        Assert.False(Jcs.TryHash(Encoding.UTF8.GetBytes(json), out _, out _));
        var output = new ArrayBufferWriter<byte>();
        Assert.False(Jcs.TryCanonicalize(Encoding.UTF8.GetBytes(json), output, out _));
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xC3, 0x22 }, 1)]
    [InlineData(new byte[] { 0x22, 0x61, 0xED, 0xA0, 0x80, 0x22 }, 2)] // a surrogate in UTF-8
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 }, 1)] // overlong
    [InlineData(new byte[] { 0xFF }, 0)]
    public void Bytes_that_are_not_UTF8_are_refused(byte[] json, int offset)
    {
        Assert.False(Jcs.TryCanonicalize(json, out _, out var error));
        Assert.Equal((JcsErrorKind.InvalidUtf8, offset), (error.Kind, error.Offset));
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.True(Jcs.TryCanonicalize(Nested(64), out _, out _));
        Assert.False(Jcs.TryCanonicalize(Nested(65), out _, out var error));
        Assert.Equal((JcsErrorKind.TooDeep, 64), (error.Kind, error.Offset));
        Assert.False(Jcs.TryCanonicalize(Nested(1_000_000), out _, out error));
        Assert.Equal(JcsErrorKind.TooDeep, error.Kind);
        Assert.True(Jcs.TryCanonicalize("[12]"u8, out _, out _, new JcsLimits { MaxBytes = 4 }));
        Assert.False(Jcs.TryCanonicalize("[123]"u8, out _, out error, new JcsLimits { MaxBytes = 4 }));
        Assert.Equal(JcsErrorKind.TooLong, error.Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => new JcsLimits { MaxDepth = 65 });
    }

    [Fact]
    public void A_message_holds_nothing_of_the_text_and_a_pointer_is_cut()
    {
        var json = Encoding.UTF8.GetBytes($"{{\"{new string('k', 5000)}\u202E\":x}}");
        Assert.False(Jcs.TryCanonicalize(json, out _, out var error));
        Assert.DoesNotContain("kk", error.Message, StringComparison.Ordinal);
        Assert.Equal(256, error.Pointer.Length);
    }

    [Fact]
    public void T33_two_different_values_never_share_a_canonical_form()
    {
        string[] different =
        [
            """{"a":"b|c"}""", """{"a":"b","c":""}""", """{"a|b":"c"}""", """["a","b"]""", """["a,b"]""", """["a\",\"b"]""",
            """{"a":1}""", """{"a":"1"}""", """{"a":true}""", """{"a":"true"}""", """{"a":null}""", "{}", "[]", "\"\"", "null", """{"a":[]}""",
            """{"a":{}}""", """{"a":""}""", """["a"]""", """[["a"]]""", "9007199254740991", "9007199254740992", "\"9007199254740993\"",
        ];
        var forms = different.Select(json =>
        {
            Assert.True(Jcs.TryHash(Encoding.UTF8.GetBytes(json), out var hash, out _));
            return hash;
        });
        Assert.Equal(different.Length, forms.Distinct().Count());
    }

    [Fact]
    public void The_order_of_keys_is_that_of_UTF16_code_units_for_any_strings()
    {
        var rarely = Gen.Elements("\\", "\"", "\n", "\t", "\u0001", "\u001f", " ", "a", "u", "0", "\u00e9", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff");
        var key = Gen.ListOf(rarely).Select(string.Concat);
        var keys = Gen.ListOf(key).Select(k => k.Distinct().ToArray());
        Prop.ForAll(Arb.From(keys), names =>
        {
            var json = "{" + string.Join(",", names.Select(n => JsonSerializer.Serialize(n) + ":0")) + "}";
            Assert.True(Jcs.TryCanonicalize(Encoding.UTF8.GetBytes(json), out var canonical, out var error), error?.Message);
            using var document = JsonDocument.Parse(canonical);
            Assert.Equal(names.Order(StringComparer.Ordinal), document.RootElement.EnumerateObject().Select(m => m.Name));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_canonicalized_or_refused_within_their_bounds()
    {
        var random = new Random(11);
        var seeds = new[] { """{"b":[1,2.5,"x\u00e9",{"c":null}],"a":"\ud83d\ude00"}""", """[[[{"z":1,"y":{"x":2,"w":3}}]],1e5,-0]""" };
        for (var round = 0; round < 20_000; round++)
        {
            var json = Encoding.UTF8.GetBytes(seeds[round % 2]);
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                json[random.Next(json.Length)] = round % 3 == 0 ? (byte)random.Next(256) : (byte)"{}[],:\"\\0-.eu1 "[random.Next(15)];
            if (Jcs.TryCanonicalize(json, out var canonical, out var error))
            {
                Assert.True(ParsesElsewhere(canonical));
                Assert.True(Jcs.TryCanonicalize(canonical, out var again, out _));
                Assert.Equal(canonical, again);
            }
            else
            {
                Assert.InRange(error.Offset, 0, json.Length);
            }

            // A text refused for a value in it may have broken syntax further on; otherwise two parsers agree on what JSON is.
            if (error is null or { Kind: JcsErrorKind.Syntax or JcsErrorKind.InvalidUtf8 })
                Assert.Equal(error is null, ParsesElsewhere(json));
        }
    }

    private static bool ParsesElsewhere(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Utf8.IsValid(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
