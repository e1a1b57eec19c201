using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;

namespace Writ.Cedar.Tests.Validation;

/// <summary>How many entities a policy may look into, one behind another (RFC 76).</summary>
public sealed class LevelValidationTests
{
    private static readonly Schema Schema = Cedar.Schema("""
        entity User in [Team] = { name: String, boss: User, home: { street: String, near: User } } tags User;
        entity Team;
        entity Doc = { owner: User };
        action all;
        action view in all appliesTo { principal: User, resource: Doc, context: { asker: User, note: String } };
        """);

    /// <summary>Conditions, and the least level at which they are valid.</summary>
    public static TheoryData<string, int> Levels => new()
    {
        { "context.note == \"a\"", 0 },
        { "principal == resource.owner || true", 1 },
        { "action in Action::\"all\"", 0 },
        { "principal is User", 0 },
        { "context.asker.name == \"a\"", 1 },
        { "principal.name == \"a\"", 1 },
        { "principal.home.street == \"a\"", 1 },
        { "principal in Team::\"t\"", 1 },
        { "principal has name", 1 },
        { "principal.boss == context.asker", 1 },
        { "principal.boss.name == \"a\"", 2 },
        { "principal.boss in Team::\"t\"", 2 },
        { "principal has boss.name", 2 },
        { "principal.home.near.name == \"a\"", 2 },
        { "resource.owner.boss.home.street == \"a\"", 3 },
        { "(if context.note == \"a\" then principal else principal.boss).name == \"a\"", 2 },
        { "{ who: principal.boss }.who.name == \"a\"", 2 },
        { "principal.hasTag(\"k\") && principal.getTag(\"k\").name == \"a\"", 2 },
        { "[principal.boss].contains(principal)", 1 },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_condition_is_valid_from_its_level_on(string condition, int level)
    {
        Assert.Empty(Find(condition, level));
        Assert.Empty(Find(condition, null));
        if (level > 0)
            Assert.All(Find(condition, level - 1), finding => Assert.Equal(FindingKind.TooDeep, finding.Kind));
        if (level > 0)
            Assert.NotEmpty(Find(condition, level - 1));
    }

    [Fact]
    public void The_scope_counts()
    {
        Assert.NotEmpty(Validate("permit (principal in Team::\"t\", action, resource);", 0));
        Assert.Empty(Validate("permit (principal in Team::\"t\", action, resource);", 1));
        Assert.Empty(Validate("permit (principal is User, action in Action::\"all\", resource);", 0));
    }

    [Theory]
    [InlineData("User::\"a\".name == \"a\"")]
    [InlineData("User::\"a\" in Team::\"t\"")]
    [InlineData("User::\"a\" has name")]
    public void What_a_policy_names_cannot_be_looked_into(string condition)
    {
        Assert.Equal(FindingKind.TooDeep, Assert.Single(Find(condition, 5)).Kind);
        Assert.Empty(Find(condition, null));
    }

    [Fact]
    public void The_finding_says_how_deep_and_where()
    {
        var finding = Assert.Single(Find("principal.boss.name == \"a\"", 1));

        Assert.Equal("this looks into 2 entities, one behind another, and at most 1 is at hand", finding.Diagnostic.Message);
        Assert.Equal((1, 45), (finding.Diagnostic.Line, finding.Diagnostic.Column));
        Assert.Equal("Action::\"view\"", Assert.Single(finding.Actions).ToString());
    }

    [Fact]
    public void A_level_is_not_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => Find("true", -1));

    private static IEnumerable<Finding> Find(string condition, int? level) => Validate($"permit (principal, action, resource) when {{ {condition} }};", level);

    private static IEnumerable<Finding> Validate(string policy, int? level) =>
        new Validator(Schema).Validate(PolicySet.Parse(policy).TryGet(out var set, out var problems) ? set : throw new InvalidOperationException(problems[0].ToString()), ValidationMode.Strict, level)
            .Where(finding => finding.Severity == Severity.Error);
}
