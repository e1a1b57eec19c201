using System.Collections.Immutable;
using System.Text;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.HttpSignatures;

namespace Writ.Identity.Tests.HttpSignatures;

public sealed class MessageSignatureTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly SignatureRules Rules = new()
    {
        Required = ["@method", "content-digest"], Target = true, IfPresent = ["mcp-session-id"], Tag = "writ", MaxAge = TimeSpan.FromMinutes(5), Nonce = true,
    };

    private readonly JsonWebSigningKey _key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());

    private static SignedMessage Message => Request("POST", "/mcp?x=1", ("content-digest", ContentDigest.Of("{}"u8)), ("host", "writ.example"));

    private static SignatureTerms Terms => new()
    {
        Components = ["@method", "@target-uri", "content-digest"], Created = Now, Expires = Now + TimeSpan.FromMinutes(1), Nonce = "0123456789abcdef", KeyId = "k", Tag = "writ",
    };

    public void Dispose() => _key.Dispose();

    [Fact]
    public void What_covers_and_says_all_that_is_asked_passes() => Assert.Equal(SignatureFault.None, Check(Terms));

    [Fact]
    public void The_address_may_be_covered_in_its_parts()
    {
        Assert.Equal(SignatureFault.None, Check(Terms with { Components = ["@method", "@authority", "@path", "@query", "content-digest"] }));
        Assert.Equal(SignatureFault.None, Check(Terms with { Components = ["@method", "@authority", "@request-target", "content-digest"] }));
        Assert.Equal(SignatureFault.NotCovered, Check(Terms with { Components = ["@method", "@authority", "@path", "content-digest"] }));
        Assert.Equal(SignatureFault.NotCovered, Check(Terms with { Components = ["@method", "@path", "@query", "content-digest"] }));
    }

    [Fact]
    public void What_leaves_a_part_open_is_refused_by_its_reason()
    {
        Assert.Equal(SignatureFault.NotCovered, Check(Terms with { Components = ["@target-uri", "content-digest"] }));
        Assert.Equal(SignatureFault.NotCovered, Check(Terms with { Components = ["@method", "@target-uri"] }));
        Assert.Equal(SignatureFault.WrongTag, Check(Terms with { Tag = null }));
        Assert.Equal(SignatureFault.WrongTag, Check(Terms with { Tag = "web-bot-auth" }));
        Assert.Equal(SignatureFault.NoNonce, Check(Terms with { Nonce = null }));
        Assert.Equal(SignatureFault.NoNonce, Check(Terms with { Nonce = "short" }));
        Assert.Equal(SignatureFault.NoNonce, Check(Terms with { Nonce = new string('n', 129) }));
        Assert.Equal(SignatureFault.NotFresh, Check(Terms with { Expires = null }));
        Assert.Equal(SignatureFault.NotFresh, Check(Terms with { Expires = Now + TimeSpan.FromMinutes(6) }));
        Assert.Equal(SignatureFault.NotFresh, Check(Terms with { Expires = Now }));
        Assert.Equal(SignatureFault.NotFresh, Check(Terms with { Created = Now - TimeSpan.FromMinutes(4), Expires = Now - TimeSpan.FromSeconds(30) }));
        Assert.Equal(SignatureFault.NotFresh, Check(Terms with { Created = Now + TimeSpan.FromSeconds(31), Expires = Now + TimeSpan.FromMinutes(1) }));
        Assert.Equal(SignatureFault.None, Check(Terms with { Created = Now + TimeSpan.FromSeconds(30) }));
    }

    [Fact]
    public void A_field_that_has_to_be_covered_where_it_is_cannot_be_added_by_another()
    {
        var message = Request("POST", "/mcp?x=1", ("content-digest", ContentDigest.Of("{}"u8)), ("mcp-session-id", "s"));
        Assert.Equal(SignatureFault.NotCovered, Check(Terms, message));
        Assert.Equal(SignatureFault.None, Check(Terms with { Components = [.. Terms.Components, "mcp-session-id"] }, message));
    }

    [Fact]
    public void Every_change_of_a_signed_request_is_refused()
    {
        var signature = Sign(Terms, Message);
        Assert.Equal(SignatureFault.None, signature.Verify(Message, _key.VerificationKey));
        foreach (var other in new[]
        {
            Message with { Method = "PUT" }, Message with { Method = "post" }, Message with { Authority = "writ.example:8443" }, Message with { Authority = "evil.example" },
            Message with { Scheme = "http" }, Message with { Target = "/mcp?x=2" }, Message with { Target = "/mcp" }, Message with { Target = "/MCP?x=1" }, Message with { Target = "/mcp/?x=1" },
            Message with { Target = "/%6dcp?x=1" },
        })
            Assert.Equal(SignatureFault.WrongSignature, signature.Verify(other, _key.VerificationKey));
        Assert.Equal(SignatureFault.None, signature.Verify(Message with { Authority = "WRIT.example:443" }, _key.VerificationKey)); // RFC 9421 section 2.2.3
    }

    [Fact]
    public void Every_change_of_what_a_signature_says_is_refused()
    {
        var (input, value) = MessageSigner.Sign(Message, Terms, _key);
        foreach (var (from, to) in new[]
        {
            ("created=1795780800", "created=1795780801"), ("expires=1795780860", "expires=1795780861"), ("0123456789abcdef", "0123456789abcdeF"), ("\"k\"", "\"j\""), ("\"writ\"", "\"Writ\""),
            ("\"@method\" \"@target-uri\"", "\"@target-uri\" \"@method\""), ("\"content-digest\"", "\"content-digest\" \"host\""), (";tag=\"writ\"", ""), (";nonce", ";more;nonce"),
        })
        {
            Assert.Contains(from, input, StringComparison.Ordinal);
            Assert.True(MessageSignature.TryRead([input.Replace(from, to, StringComparison.Ordinal)], [value], out var altered));
            Assert.Equal(SignatureFault.WrongSignature, altered.Single().Verify(Message, _key.VerificationKey));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a=()", "b=:AA==:")]
    [InlineData("a=()", "a=:AA==:, b=:AA==:")]
    [InlineData("a=(), a=()", "a=:AA==:")]
    [InlineData("a=()", "a=:AA==:, a=:AA==:")]
    [InlineData("a=(\"@method\" \"@method\")", "a=:AA==:")]
    [InlineData("a=(@method)", "a=:AA==:")]
    [InlineData("a=(\"@method\"\"@path\")", "a=:AA==:")]
    [InlineData("a=(\"@method\"", "a=:AA==:")]
    [InlineData("a=\"@method\"", "a=:AA==:")]
    [InlineData("a=();created=1;created=2", "a=:AA==:")]
    [InlineData("a=();created=\"1\"", "a=:AA==:")]
    [InlineData("a=();created=1.5", "a=:AA==:")]
    [InlineData("a=();created=-1", "a=:AA==:")]
    [InlineData("a=();created=1234567890123456", "a=:AA==:")]
    [InlineData("a=();created=999999999999999", "a=:AA==:")]
    [InlineData("a=();keyid=k", "a=:AA==:")]
    [InlineData("a=();nonce=:AA==:", "a=:AA==:")]
    [InlineData("a=();keyid=\"\u00e4\"", "a=:AA==:")]
    [InlineData("a=();keyid=\"\\n\"", "a=:AA==:")]
    [InlineData("a=()", "a=:AA:")]
    [InlineData("a=()", "a=:AB==:")] // bits that nobody reads
    [InlineData("a=()", "a=:A A==:")]
    [InlineData("a=()", "a=AA==")]
    [InlineData("a=()", "a=:AA==:;x")]
    [InlineData("A=()", "A=:AA==:")]
    [InlineData("a=(),", "a=:AA==:")]
    [InlineData("a=(), b=(), c=(), d=(), e=()", "a=:AA==:, b=:AA==:, c=:AA==:, d=:AA==:, e=:AA==:")]
    public void Fields_that_two_readers_could_read_in_two_ways_are_none(string input, string value) =>
        Assert.False(MessageSignature.TryRead([input], [value], out _));

    [Fact]
    public void What_is_long_is_not_read()
    {
        Assert.False(MessageSignature.TryRead([$"a=();keyid=\"{new string('k', MessageSignature.MaxLength)}\""], ["a=:AA==:"], out _));
        Assert.False(MessageSignature.TryRead([$"a=({string.Join(' ', Enumerable.Range(0, 33).Select(n => $"\"x-{n}\""))})"], ["a=:AA==:"], out _));
        Assert.False(MessageSignature.TryRead([], [], out _));
    }

    [Theory]
    [InlineData("\"content-digest\";bs")]
    [InlineData("\"content-digest\";sf")]
    [InlineData("\"content-digest\";tr")]
    [InlineData("\"@method\";req")]
    [InlineData("\"@unheard\"")]
    [InlineData("\"Content-Digest\"")]
    [InlineData("\"\"")]
    public void A_component_that_is_not_understood_refuses_the_whole(string component)
    {
        Assert.True(MessageSignature.TryRead([$"a=({component})"], ["a=:AA==:"], out var signatures));
        Assert.Equal(SignatureFault.UnknownComponent, signatures.Single().Verify(Message, _key.VerificationKey));
    }

    [Fact]
    public void A_query_parameter_that_stands_twice_and_a_field_that_is_not_there_have_no_value()
    {
        Assert.True(MessageSignature.TryRead(["a=(\"@query-param\";name=\"x\"), b=(\"x-none\"), c=(\"@status\")"], ["a=:AA==:, b=:AA==:, c=:AA==:"], out var signatures));
        Assert.Equal(SignatureFault.MissingComponent, signatures[0].Verify(Message with { Target = "/?x=1&x=2" }, _key.VerificationKey));
        Assert.Equal(SignatureFault.WrongSignature, signatures[0].Verify(Message with { Target = "/?x=1&y=2" }, _key.VerificationKey));
        Assert.Equal(SignatureFault.MissingComponent, signatures[1].Verify(Message, _key.VerificationKey));
        Assert.Equal(SignatureFault.MissingComponent, signatures[2].Verify(Message, _key.VerificationKey));
    }

    [Fact]
    public void A_field_on_several_lines_is_one_value_and_nothing_begins_a_line_of_its_own()
    {
        var message = Request("GET", "/", ("accept", " a "), ("accept", "b"));
        Assert.Equal(SignatureFault.None, SignatureBase.TryMake(message, [SignatureComponent.Of("accept")], "()", out var bytes));
        Assert.Equal("\"accept\": a, b\n\"@signature-params\": ()", Encoding.ASCII.GetString(bytes));
        Assert.NotEqual(SignatureFault.None, SignatureBase.TryMake(Request("GET", "/", ("accept", "a\n\"@method\": POST")), [SignatureComponent.Of("accept")], "()", out _));
        Assert.NotEqual(SignatureFault.None, SignatureBase.TryMake(Request("GET", "/", ("accept", "\u00e4")), [SignatureComponent.Of("accept")], "()", out _));
    }

    [Theory]
    [InlineData("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", true)]
    [InlineData("md5=:AAAA:, sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", true)]
    [InlineData("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:, sha-512=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4oRBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4g==:", false)]
    [InlineData("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4s=:", false)]
    [InlineData("md5=:AAAA:", false)]
    [InlineData("sha-256=:AAAA:", false)]
    [InlineData("sha-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq", false)]
    [InlineData("", false)]
    public void Every_digest_of_a_content_that_is_known_has_to_be_met(string field, bool isMet) =>
        Assert.Equal(isMet, ContentDigest.TryRead([field], out var digest) && digest.IsOf("{}"u8));

    private SignatureFault Check(SignatureTerms terms, SignedMessage? message = null) => Sign(terms, message ?? Message).Check(message ?? Message, Rules, Now);

    private MessageSignature Sign(SignatureTerms terms, SignedMessage message)
    {
        var (input, value) = MessageSigner.Sign(message, terms, _key);
        Assert.True(MessageSignature.TryRead([input], [value], out ImmutableArray<MessageSignature> signatures));
        return signatures.Single();
    }

    private static SignedMessage Request(string method, string target, params (string Name, string Value)[] fields) => new()
    {
        Method = method, Scheme = "https", Authority = "writ.example", Target = target, Field = name => [.. fields.Where(field => field.Name == name).Select(field => (string?)field.Value)],
    };
}
