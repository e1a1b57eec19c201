using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Validation;

/// <summary>Places of which a schema says nothing: what is there is taken for what it is used as, and never for an entity.</summary>
public sealed class OpenTypeTests
{
    private static readonly SchemaDocument Document = Open(Parsed("""
        entity User;
        action act appliesTo { principal: User, resource: User, context: { args: { known: Long, list: Set<String> } } };
        """));

    private static readonly Schema Schema = Schema.Create(Document).TryGet(out var schema, out var problems) ? schema : throw new InvalidOperationException(problems[0].ToString());

    public static TheoryData<string, string> Conditions => new()
    {
        // Taken for what it is used as.
        { "context.any == 1 && context.any == \"a\"", "" },
        { "context.any > 1 || context.any < context.args.known", "" },
        { "context.any < context.any", "" },
        { "context.any && !context.any", "" },
        { "context.any like \"a*\"", "" },
        { "context.any.contains(1) && context.any.isEmpty()", "" },
        { "context.any.containsAll([1])", "" },
        { "context.any.lessThan(decimal(\"1.0\"))", "" },
        { "-context.any + 1 == 2", "" },
        { "(if context.any then context.any else 1) == 1", "" },
        { "[context.any, 1].contains(2)", "" },
        { "context.any has a.b && context.any.a.b == 1", "" },
        { "context.several.contains(1) || context.several.contains(\"a\")", "" },

        // But what is not known to be there is asked for first,
        { "context.any.a == 1", "UnguardedAccess" },
        { "context.args.other == 1", "UnguardedAccess" },
        { "context.args has other && context.args.other == 1", "" },
        { "context.args has other.deep && context.args.other.deep like \"x\"", "" },

        // what is known keeps its type,
        { "context.args.known like \"x\"", "WrongType" },
        { "context.args.list.contains(1)", "IncompatibleTypes" },
        { "context.args.knwon == 1", "UnguardedAccess" },

        // and nothing open is an entity.
        { "context.any == principal", "IncompatibleTypes" },
        { "context.any in principal", "WrongType" },
        { "principal in context.any", "WrongType" },
        { "context.any is User", "WrongType" },
        { "context.any.hasTag(\"a\")", "WrongType" },
        { "[context.any, principal].isEmpty()", "IncompatibleTypes" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void An_open_place_is_checked_for_what_can_be_known(string condition, string expected)
    {
        var policies = PolicySet.Parse($"permit (principal, action, resource) when {{ {condition} }};").TryGet(out var set, out _) ? set : throw new InvalidOperationException(condition);

        var found = new Validator(Schema).Validate(policies).Where(finding => finding.Severity == Severity.Error);

        Assert.Equal(expected, string.Join(' ', found.Select(finding => finding.Kind).Distinct()));
    }

    [Fact]
    public void A_request_may_bring_any_value_but_an_entity_where_nothing_is_said()
    {
        RecordValue Context(Value any) => RecordValue.Of(
            ("args", RecordValue.Of(("known", 1), ("list", SetValue.Of(["a"])), ("other", any))), ("any", any), ("several", SetValue.Of([any])));
        ImmutableArray<Finding> Find(Value any) => new Validator(Schema).Validate(new Request(Uid("User"), Uid("Action", "act"), Uid("User"), Context(any)));

        Assert.Empty(Find(1));
        Assert.Empty(Find(RecordValue.Of(("deep", "x"))));
        Assert.All(Find(new EntityValue(Uid("User"))), finding => Assert.Equal(FindingKind.WrongType, finding.Kind));
        Assert.NotEmpty(Find(new EntityValue(Uid("User"))));
    }

    [Fact]
    public void Cedars_forms_leave_out_what_is_open()
    {
        Assert.False(Document.Print().TryGet(out _, out var problems));
        Assert.Contains("leaves something open", problems[0].Message, StringComparison.Ordinal);
        Assert.True(Document.Closed().Print().TryGet(out var text, out _));
        Assert.DoesNotContain("any", text, StringComparison.Ordinal);
        Assert.DoesNotContain("several", text, StringComparison.Ordinal);
        Assert.Contains("known", text, StringComparison.Ordinal);
        Assert.Equal(SchemaJson.Write(Parsed(text)), SchemaJson.Write(Document));
    }

    private static EntityUid Uid(string type, string id = "a") => new(EntityTypeName.Parse(type), id);

    private static SchemaDocument Parsed(string text) => SchemaDocument.Parse(text).TryGet(out var document, out var problems) ? document : throw new InvalidOperationException(problems[0].ToString());

    // The context with an attribute `any`, a set of them, and `args` open.
    private static SchemaDocument Open(SchemaDocument document)
    {
        var space = document.Namespaces[0];
        var action = space.Actions[0];
        var context = (TypeSyntax.RecordOf)action.AppliesTo!.Context;
        var args = (TypeSyntax.RecordOf)context.Attributes[0].Type;
        var opened = new TypeSyntax.RecordOf(
        [
            context.Attributes[0] with { Type = args with { IsOpen = true } },
            new AttributeDeclaration { Name = "any", Type = new TypeSyntax.Any() },
            new AttributeDeclaration { Name = "several", Type = new TypeSyntax.SetOf(new TypeSyntax.Any()) },
        ]);
        return document with { Namespaces = [space with { Actions = [action with { AppliesTo = action.AppliesTo with { Context = opened } }] }] };
    }
}
