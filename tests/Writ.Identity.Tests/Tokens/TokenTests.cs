using System.Text.Json;
using System.Text.RegularExpressions;
using Writ.Crypto.Hashing;
using Writ.Crypto.Keys;
using Writ.Identity.Tokens;

namespace Writ.Identity.Tests.Tokens;

public sealed partial class TokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly SecretKey _pepper = SecretKey.Generate(KeyPurpose.TokenPepper);
    private readonly TokenAuthority _authority;

    public TokenTests() => _authority = new TokenAuthority(_pepper);

    public void Dispose() => _pepper.Dispose();

    [Theory]
    [InlineData(TokenKind.AgentKey, "agk")]
    [InlineData(TokenKind.PersonToken, "wpt")]
    [InlineData(TokenKind.TaskToken, "wtt")]
    [InlineData(TokenKind.EnforcementPointKey, "epk")]
    [InlineData(TokenKind.Session, "wss")]
    [InlineData(TokenKind.EnrolmentToken, "wet")]
    [InlineData(TokenKind.AgentEnrolment, "wae")]
    public void A_token_has_its_kinds_shape_and_is_accepted(TokenKind kind, string prefix)
    {
        var issued = _authority.Issue(kind, TokenId.New(Now));
        Assert.Matches(Shape(), issued.Text);
        Assert.StartsWith($"{prefix}_{issued.Record.Id}_", issued.Text, StringComparison.Ordinal);
        Assert.Equal(TokenVerdict.Accepted, Verify(issued.Text, issued.Record));
    }

    [Fact]
    public void Every_single_wrong_character_is_caught_by_the_checksum_before_any_lookup()
    {
        var text = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now)).Text;
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in "0aZ_ \u00e9")
            {
                if (other == text[i])
                    continue;
                var wrong = text[..i] + other + text[(i + 1)..];
                Assert.False(PresentedToken.TryParse(wrong, out _, out var fault), wrong);
                Assert.NotEqual(TokenFault.None, fault);
            }

            if (i > 0 && text[i] != text[i - 1])
                Assert.False(PresentedToken.TryParse(text[..(i - 1)] + text[i] + text[i - 1] + text[(i + 1)..], out _, out _));
        }
    }

    [Fact]
    public void A_malformed_text_is_refused_with_the_reason()
    {
        var text = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now)).Text;
        AssertFault(TokenFault.WrongLength, "");
        AssertFault(TokenFault.WrongLength, text[..^1]);
        AssertFault(TokenFault.WrongLength, text + "0");
        AssertFault(TokenFault.WrongLength, " " + text);
        AssertFault(TokenFault.WrongLength, new string('a', 1_000_000));
        AssertFault(TokenFault.UnknownKind, "xyz" + text[3..]);
        AssertFault(TokenFault.UnknownKind, "AGK" + text[3..]);
        AssertFault(TokenFault.WrongCharacter, text[..4] + text[4..36].ToUpperInvariant().Replace('0', 'A') + text[36..]);
        AssertFault(TokenFault.WrongCharacter, text[..40] + "-" + text[41..]);
        AssertFault(TokenFault.WrongChecksum, "wpt" + text[3..]);

        static void AssertFault(TokenFault expected, string text)
        {
            Assert.False(PresentedToken.TryParse(text, out _, out var fault));
            Assert.Equal(expected, fault);
        }
    }

    [Fact]
    public void The_secret_of_one_token_opens_no_other()
    {
        var one = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        var other = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        Assert.Equal(TokenVerdict.WrongSecret, Verify(one.Text, other.Record));
        Assert.Equal(TokenVerdict.WrongSecret, Verify(one.Text, one.Record with { Id = other.Record.Id }));
        Assert.Equal(TokenVerdict.WrongSecret, Verify(one.Text, one.Record with { Kind = TokenKind.PersonToken }));
        Assert.Equal(TokenVerdict.WrongSecret, Verify(one.Text, one.Record with { SecretHash = default }));
    }

    [Fact]
    public void An_id_that_was_never_issued_is_unknown_and_so_is_a_forgotten_verdict()
    {
        Assert.Equal(TokenVerdict.Unknown, Verify(_authority.Issue(TokenKind.AgentKey, TokenId.New(Now)).Text, null));
        Assert.Equal(TokenVerdict.Unknown, default);
    }

    [Fact]
    public void Another_pepper_accepts_nothing()
    {
        using var pepper = SecretKey.Generate(KeyPurpose.TokenPepper);
        var issued = new TokenAuthority(pepper).Issue(TokenKind.AgentKey, TokenId.New(Now));
        Assert.Equal(TokenVerdict.WrongSecret, Verify(issued.Text, issued.Record));
    }

    [Fact]
    public void T45_a_record_alone_verifies_nothing_and_makes_nothing()
    {
        var issued = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        Assert.NotEqual(issued.Record.SecretHash, Hash256.Of(System.Text.Encoding.ASCII.GetBytes(issued.Text[..80])));
        Assert.DoesNotContain(issued.Text[37..], JsonSerializer.Serialize(issued.Record.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void T47_a_revoked_token_stays_revoked()
    {
        var issued = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        var revoked = issued.Record.Revoked(Now);
        Assert.Equal(TokenVerdict.Revoked, Verify(issued.Text, revoked));
        Assert.Equal(TokenVerdict.Revoked, Verify(issued.Text, revoked, Now.AddYears(-1)));
        Assert.Equal(TokenVerdict.Revoked, Verify(issued.Text, revoked, Now.AddYears(100)));
        Assert.Equal(Now, revoked.Revoked(Now.AddDays(1)).RevokedAt);
    }

    [Fact]
    public void T47_an_expired_token_is_refused_from_its_very_instant_on()
    {
        var issued = _authority.Issue(TokenKind.TaskToken, TokenId.New(Now), Now);
        Assert.Equal(TokenVerdict.Accepted, Verify(issued.Text, issued.Record, Now.AddTicks(-1)));
        Assert.Equal(TokenVerdict.Expired, Verify(issued.Text, issued.Record, Now));
        Assert.Equal(TokenVerdict.Expired, Verify(issued.Text, issued.Record, Now.AddTicks(1)));
    }

    [Fact]
    public void Only_the_holder_of_the_secret_learns_of_revocation_and_expiry()
    {
        var issued = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now), Now);
        var stranger = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        Assert.Equal(TokenVerdict.WrongSecret, Verify(stranger.Text, issued.Record.Revoked(Now)));
    }

    [Fact]
    public void No_text_form_shows_the_secret()
    {
        var issued = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        Assert.True(PresentedToken.TryParse(issued.Text, out var presented, out _));
        Assert.All([issued.ToString(), presented.ToString(), issued.Record.ToString()], text =>
        {
            Assert.DoesNotContain(issued.Text[37..45], text, StringComparison.Ordinal);
            Assert.Contains(issued.Record.Id.ToString(), text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Secrets_use_the_whole_alphabet_and_never_repeat()
    {
        var secrets = Enumerable.Range(0, 500).Select(_ => _authority.Issue(TokenKind.AgentKey, TokenId.New(Now)).Text.Substring(37, 43)).ToArray();
        Assert.Equal(secrets.Length, secrets.Distinct().Count());
        Assert.Equal(62, string.Concat(secrets).Distinct().Count());
    }

    [Fact]
    public void A_key_for_another_purpose_is_no_pepper()
    {
        using var key = SecretKey.Generate(KeyPurpose.SigningKey);
        Assert.Throws<ArgumentException>(() => new TokenAuthority(key));
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        var issued = _authority.Issue(TokenKind.AgentKey, TokenId.New(Now));
        Verify(issued.Text, issued.Record);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Verify(issued.Text, issued.Record);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private TokenVerdict Verify(string text, TokenRecord? record, DateTimeOffset? now = null)
    {
        if (!PresentedToken.TryParse(text, out var presented, out var fault))
            throw new InvalidOperationException(fault.ToString());
        return _authority.Verify(presented, record, now ?? Now.AddYears(-50));
    }

    [GeneratedRegex("^(agk|wpt|wtt|epk|wss|wet|wae)_[0-9a-f]{32}_[0-9A-Za-z]{49}$")]
    private static partial Regex Shape();
}
