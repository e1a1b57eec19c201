using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Validation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Validation;

public sealed class RequestValidationTests
{
    private static readonly Validator Validator = new(Cedar.Schema("""
        entity User, Team; entity Color enum ["red"];
        action group;
        action view appliesTo { principal: [User, Color], resource: Team, context: { n: Long, c?: Color } };
        """));

    [Theory]
    [InlineData("User::a", "view", "Team::t", 1, null, null)]
    [InlineData("Color::red", "view", "Team::t", 1, null, null)]
    [InlineData("Color::green", "view", "Team::t", 1, FindingKind.UnknownEnumId, "the principal is Color::\"green\"")]
    [InlineData("Team::t", "view", "Team::t", 1, FindingKind.NotApplicable, "the principal is Team::\"t\", and Action::\"view\" applies to User, Color")]
    [InlineData("User::a", "view", "User::a", 1, FindingKind.NotApplicable, "the resource is User::\"a\", and Action::\"view\" applies to Team")]
    [InlineData("Usr::a", "view", "Team::t", 1, FindingKind.UnknownEntityType, "did you mean `User`?")]
    [InlineData("User::a", "veiw", "Team::t", 1, FindingKind.UnknownAction, "did you mean `Action::\"view\"`?")]
    [InlineData("User::a", "view", "Team::t", null, FindingKind.MissingAttribute, "context lacks the attribute n")]
    public void A_request_is_valid_only_as_the_schema_declares(string principal, string action, string resource, int? n, FindingKind? kind, string? message)
    {
        var context = n is null ? RecordValue.Empty : RecordValue.Of(("n", (long)n));
        var findings = Validator.Validate(new Request(Uid(principal), new EntityUid("Action", action), Uid(resource), context));
        if (message is null)
        {
            Assert.Empty(findings);
            return;
        }

        var finding = Assert.Single(findings);
        Assert.Equal(kind, finding.Kind);
        Assert.Contains(message, finding.ToString());
    }

    [Fact]
    public void A_group_has_no_requests() => Assert.Equal(
        [FindingKind.NotApplicable, FindingKind.NotApplicable],
        Validator.Validate(new Request(Uid("User::a"), new EntityUid("Action", "group"), Uid("Team::t"))).Select(finding => finding.Kind));

    [Fact]
    public void References_in_the_context_must_be_to_what_can_exist()
    {
        var context = RecordValue.Of(("n", 1), ("c", new EntityUid("Color", "blue")), ("x", true));
        Assert.Equal(
            [FindingKind.UnknownEnumId, FindingKind.UnknownAttribute],
            Validator.Validate(new Request(Uid("User::a"), new EntityUid("Action", "view"), Uid("Team::t"), context)).Select(finding => finding.Kind));
    }

    private static EntityUid Uid(string text) => new(text.Split("::")[0], text.Split("::")[1]);
}
