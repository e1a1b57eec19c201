using System.Text;
using System.Text.Json.Nodes;
using Writ.Server.Scim;

namespace Writ.Server.Tests.Scim;

public sealed class ScimFilterTests
{
    private static readonly JsonObject Barbara = JsonNode.Parse("""
        {"id":"u-1","externalId":"Ext-7","userName":"bjensen","name":{"familyName":"O'Malley","givenName":"Barbara"},"displayName":"Babs","active":true,
         "emails":[{"value":"bjensen@example.com","type":"work","primary":true},{"value":"babs@home.example.org","type":"home"}],
         "meta":{"lastModified":"2011-05-13T04:42:34.000Z","resourceType":"User"}}
        """)!.AsObject();

    [Theory]
    // RFC 7644, section 3.4.2.2, its own examples where the attribute is kept here.
    [InlineData("userName eq \"bjensen\"", true)]
    [InlineData("name.familyName co \"O'Malley\"", true)]
    [InlineData("userName sw \"B\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"B\"", true)]
    [InlineData("title pr", false)]
    [InlineData("meta.lastModified gt \"2011-05-13T04:42:34Z\"", false)]
    [InlineData("meta.lastModified ge \"2011-05-13T04:42:34Z\"", true)]
    [InlineData("meta.lastModified lt \"2011-05-13T04:42:34Z\"", false)]
    [InlineData("meta.lastModified le \"2011-05-13T06:42:34+02:00\"", true)]
    [InlineData("title pr or displayName eq \"babs\"", true)]
    [InlineData("title pr and userName eq \"bjensen\"", false)]
    [InlineData("userName ne \"bjensen\"", false)]
    [InlineData("emails co \"example.com\"", true)]
    [InlineData("active eq true and (emails co \"example.com\" or emails.value co \"example.org\")", true)]
    [InlineData("active eq true and not (emails co \"example.com\" or emails.value co \"example.org\")", false)]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"]", true)]
    [InlineData("emails[type eq \"home\" and value co \"@example.com\"]", false)]
    [InlineData("emails[type eq \"home\" and value co \"@example.com\"] or emails[type eq \"home\" and value ew \".org\"]", true)]
    // Habits of directories, and the corners.
    [InlineData("emails[type eq \"work\"].value eq \"BJENSEN@example.com\"", true)]
    [InlineData("emails[type eq \"home\"].value eq \"bjensen@example.com\"", false)]
    [InlineData("USERNAME EQ \"bjensen\" AND NOT (ACTIVE EQ false)", true)]
    [InlineData("externalId eq \"ext-7\"", false)]
    [InlineData("externalId eq \"Ext-7\"", true)]
    [InlineData("id eq \"U-1\"", false)]
    [InlineData("active eq \"True\"", true)]
    [InlineData("nickName eq null", true)]
    [InlineData("userName eq null", false)]
    [InlineData("nickName ne \"x\"", true)]
    [InlineData("not (userName eq \"x\")", true)]
    [InlineData("userName eq \"x\" or userName eq \"y\" and userName eq \"bjensen\"", false)]
    [InlineData("userName eq \"bjensen\" or userName eq \"x\" and userName eq \"y\"", true)]
    [InlineData("userName gt \"a\"", true)]
    [InlineData("userName eq \"bjense\\u006e\"", true)]
    [InlineData("emails.primary eq true", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"x\"", false)]
    public void A_filter_is_what_the_RFC_says_it_is(string text, bool matches)
    {
        var filter = ScimFilterParser.Parse(text, out var fault);
        Assert.Equal("", fault);
        Assert.Equal(matches, ScimMatch.IsMatch(ScimSchema.User, Barbara, filter!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName eq bjensen")]
    [InlineData("userName eq 'bjensen'")]
    [InlineData("userName eq \"bjensen")]
    [InlineData("userName eq \"a\" userName eq \"b\"")]
    [InlineData("userName like \"a\"")]
    [InlineData("(userName pr")]
    [InlineData("userName pr)")]
    [InlineData("not userName pr")]
    [InlineData("emails[type eq \"work\"")]
    [InlineData("emails.value[type eq \"work\"]")]
    [InlineData("emails [type eq \"work\"]")]
    [InlineData("active gt true")]
    [InlineData("userName co null")]
    [InlineData("1name eq \"x\"")]
    [InlineData("userName eq \"x\" and")]
    [InlineData("userName eq {\"a\":1}")]
    [InlineData("userName eq 1e999999")]
    public void What_is_no_filter_is_refused_with_its_place(string text)
    {
        Assert.Null(ScimFilterParser.Parse(text, out var fault));
        Assert.StartsWith("at character ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_has_bounds_in_length_depth_and_comparisons()
    {
        string Nested(int depth) => new string('(', depth) + "a pr" + new string(')', depth);
        Assert.NotNull(ScimFilterParser.Parse(Nested(ScimFilterParser.MaxDepth), out _));
        Assert.Null(ScimFilterParser.Parse(Nested(ScimFilterParser.MaxDepth + 1), out _));
        string Many(int terms) => string.Join(" or ", Enumerable.Repeat("a pr", terms));
        Assert.NotNull(ScimFilterParser.Parse(Many(ScimFilterParser.MaxTerms), out _));
        Assert.Null(ScimFilterParser.Parse(Many(ScimFilterParser.MaxTerms + 1), out _));
        Assert.Null(ScimFilterParser.Parse($"a eq \"{new string('x', ScimFilterParser.MaxLength)}\"", out _));
        Assert.Null(ScimFilterParser.Parse(string.Concat(Enumerable.Repeat("a[", 1_000)), out _));
        Assert.Null(ScimFilterParser.Parse(string.Concat(Enumerable.Repeat("not (", 400)), out _));
    }

    [Fact]
    public void Whatever_is_sent_as_a_filter_is_read_or_refused()
    {
        var random = new Random(7);
        string[] parts = ["userName", "emails", "[", "]", "(", ")", " ", "eq", "pr", "and", "or", "not", "\"x\"", "\"", "\\", "true", "null", "1", ".", ":", "urn:", "$ref", "\0", "é"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(12); n > 0; n--)
                text.Append(parts[random.Next(parts.Length)]);
            if (ScimFilterParser.Parse(text.ToString(), out _) is { } filter)
                ScimMatch.IsMatch(ScimSchema.User, Barbara, filter);
            ScimFilterParser.ParsePath(text.ToString(), out _);
        }
    }
}
