using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Validation;

public sealed class EntityValidationTests
{
    private static readonly Schema Schema = Cedar.Schema("""
        entity User in [Team] = { name: String, age?: Long, boss?: User, when?: Set<datetime>, home?: { city: String }, best?: Color } tags Set<String>;
        entity Team in [Company];
        entity Company;
        entity Color enum ["red", "blue"];
        action all; action read in all; action view in read appliesTo { principal: User, resource: Team };
        """);

    private static readonly RecordValue Named = RecordValue.Of(("name", "a"));

    [Fact]
    public void An_entity_as_declared_is_valid()
    {
        var attributes = RecordValue.Of(
            ("name", "a"), ("age", 3), ("boss", new EntityUid("User", "b")), ("when", SetValue.Of(new DatetimeValue(0))), ("home", RecordValue.Of(("city", "c"))), ("best", new EntityUid("Color", "red")));
        Assert.Empty(Check(new Entity(new EntityUid("User", "a"), [new EntityUid("Team", "t"), new EntityUid("Company", "c")], attributes, RecordValue.Of(("x", SetValue.Of("y"))))));
        Assert.Empty(Check(new Entity(new EntityUid("Color", "blue"))));
        Assert.Empty(Check(new Entity(new EntityUid("Action", "all")), new Entity(new EntityUid("Action", "read"), [new EntityUid("Action", "all")]), new Entity(new EntityUid("Action", "view"), [new EntityUid("Action", "read")])));
    }

    public static TheoryData<Entity, FindingKind, string> Wrong => new()
    {
        { new Entity(new EntityUid("Usr", "a")), FindingKind.UnknownEntityType, "Usr::\"a\" is of a type that the schema does not declare: did you mean `User`?" },
        { User(), FindingKind.MissingAttribute, "User::\"a\" lacks the attribute name, which must be __cedar::String" },
        { User(("name", 1)), FindingKind.WrongType, "User::\"a\".name must be __cedar::String, and is a long" },
        { User(("name", "a"), ("nmae", 1)), FindingKind.UnknownAttribute, "an attribute nmae that the schema does not declare: did you mean `name`?" },
        { User(("name", "a"), ("age", "1")), FindingKind.WrongType, "User::\"a\".age must be __cedar::Long, and is a string" },
        { User(("name", "a"), ("boss", new EntityUid("Team", "b"))), FindingKind.WrongType, "User::\"a\".boss must be User, and is a Team" },
        { User(("name", "a"), ("when", SetValue.Of(new DatetimeValue(0), new DurationValue(0)))), FindingKind.WrongType, "User::\"a\".when[] must be __cedar::datetime, and is a duration" },
        { User(("name", "a"), ("home", RecordValue.Empty)), FindingKind.MissingAttribute, "User::\"a\".home lacks the attribute city" },
        { User(("name", "a"), ("home", RecordValue.Of(("city", "c"), ("zip", 1)))), FindingKind.UnknownAttribute, "User::\"a\".home has an attribute zip" },
        { User(("name", "a"), ("best", new EntityUid("Color", "rod"))), FindingKind.UnknownEnumId, "Color has no such id: did you mean `red`?" },
        { User(("name", new PoisonValue("unreadable"))), FindingKind.WrongType, "must be __cedar::String" },
        { new Entity(new EntityUid("User", "a"), [new EntityUid("Color", "red")], Named), FindingKind.WrongParent, "User is not declared to be in Color" },
        { new Entity(new EntityUid("User", "a"), [new EntityUid("User", "b")], Named), FindingKind.WrongParent, "User is not declared to be in User" },
        { new Entity(new EntityUid("User", "a"), null, Named, RecordValue.Of(("x", "y"))), FindingKind.WrongType, "the tag x of User::\"a\" must be Set<__cedar::String>" },
        { new Entity(new EntityUid("Team", "a"), null, null, RecordValue.Of(("x", "y"))), FindingKind.UnknownAttribute, "Team is declared without" },
        { new Entity(new EntityUid("Color", "green")), FindingKind.UnknownEnumId, "Color has no such id" },
        { new Entity(new EntityUid("Color", "red"), null, Named), FindingKind.UnknownAttribute, "an attribute name" },
        { new Entity(new EntityUid("Action", "vew")), FindingKind.UnknownAction, "did you mean `Action::\"view\"`?" },
        { new Entity(new EntityUid("Action", "read")), FindingKind.WrongParent, "is not in Action::\"all\", where the schema puts it" },
        { new Entity(new EntityUid("Action", "all"), [new EntityUid("Action", "view")]), FindingKind.WrongParent, "is in Action::\"view\", which the schema does not say" },
        { new Entity(new EntityUid("Action", "all"), null, Named), FindingKind.UnknownAttribute, "which no action has" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_entity_that_is_not_as_declared_is_found_out(Entity entity, FindingKind kind, string message)
    {
        var finding = Assert.Single(Check(entity));
        Assert.Equal((kind, Severity.Error), (finding.Kind, finding.Severity));
        Assert.Contains(message, finding.ToString());
    }

    [Fact]
    public void Findings_are_bounded()
    {
        var entities = Enumerable.Range(0, 2 * Validator.MaxFindings).Select(i => new Entity(new EntityUid("Nothing", $"{i}"))).ToArray();
        Assert.Equal(Validator.MaxFindings, Check(entities).Length);
    }

    [Fact]
    public void An_input_full_of_faults_gets_only_so_many_suggestions()
    {
        var names = from first in "abcdefghijklmnopqrstuvwxyz" from second in "abcdefghij" select $"Te{first}{second}m";
        var messages = Check([.. names.Select(name => new Entity(new EntityUid(name, "")))]).Select(finding => finding.Diagnostic.Message).ToList();
        Assert.Equal(260, messages.Count);
        Assert.InRange(messages.Count(message => message.Contains("did you mean", StringComparison.Ordinal)), 1, 200);
    }

    private static Entity User(params ReadOnlySpan<(string, Value)> attributes) => new(new EntityUid("User", "a"), null, RecordValue.Of(attributes));

    private static ImmutableArray<Finding> Check(params Entity[] entities)
    {
        var store = Cedar.Store(entities);
        var all = new Validator(Schema).Validate(store);
        if (entities.Length == 1)
            Assert.Equal(all.Select(finding => finding.ToString()), new Validator(Schema).Validate(entities[0], store).Select(finding => finding.ToString()));
        return all;
    }
}
