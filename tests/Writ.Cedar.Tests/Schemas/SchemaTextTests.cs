using Writ.Cedar.Entities;
using Writ.Cedar.Json;
using Writ.Cedar.Schemas;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Tests.Schemas;

public sealed class SchemaTextTests
{
    [Fact]
    public void A_schema_with_every_construct_is_resolved()
    {
        var schema = Cedar.Schema("""
            type Money = { amount: decimal, "its currency"?: String };
            @doc("people") entity User, Robot in [Team, Org::Unit] = { manager?: User, salary: Money, seen: Set<datetime>, };
            entity Team enum ["red", "blue"];
            entity Doc tags Set<Long>;
            action view, "edit it" in ["all"] appliesTo { principal: [User, Robot], resource: Doc, context: { ip: ipaddr } };
            action all;
            namespace Org {
              type long = { hidden: __cedar::Long };
              entity Unit { long: long };
              action all_units in Action::"grouped" appliesTo { resource: [Unit], principal: User, context: Ctx, };
              action grouped attributes {};
              type Ctx = { d: duration, };
            }
            """);
        var user = schema.EntityTypes[EntityTypeName.Parse("User")];
        Assert.Equal("{manager?: User, salary: {amount: __cedar::decimal, \"its currency\"?: __cedar::String}, seen: Set<__cedar::datetime>}", user.Shape.ToString());
        Assert.Equal(["Team", "Org::Unit"], user.MemberOf.Select(type => type.Value));
        Assert.Equal("people", schema.EntityTypes[EntityTypeName.Parse("Robot")].Annotations.Find("doc"));
        Assert.Equal(["red", "blue"], schema.EntityTypes[EntityTypeName.Parse("Team")].EnumIds);
        Assert.Equal("Set<__cedar::Long>", schema.EntityTypes[EntityTypeName.Parse("Doc")].Tags!.ToString());
        Assert.Equal("{long: {hidden: __cedar::Long}}", schema.EntityTypes[EntityTypeName.Parse("Org::Unit")].Shape.ToString());
        var edit = schema.Actions[new EntityUid("Action", "edit it")];
        Assert.Equal(new EntityUid("Action", "all"), Assert.Single(edit.Ancestors));
        Assert.Equal("{ip: __cedar::ipaddr}", edit.Context.ToString());
        var units = schema.Actions[new EntityUid("Org::Action", "all_units")];
        Assert.Equal(new EntityUid("Org::Action", "grouped"), Assert.Single(units.MemberOf));
        Assert.Equal("{d: __cedar::duration}", units.Context.ToString());
        Assert.Empty(schema.Actions[new EntityUid("Action", "all")].Principals);
    }

    [Theory]
    [InlineData("entity User = { a: Strin };", 1, 20, "there is no type `Strin`: did you mean `String`?")]
    [InlineData("entity User = { a: __cedar::Text };", 1, 20, "there is no type `__cedar::Text`")]
    [InlineData("entity User in [Teem];\nentity Team;", 1, 8, "names an entity type `Teem` that is not declared: did you mean `Team`?")]
    [InlineData("type T = Long; entity User in [T];", 1, 23, "entity type `T` that is not declared")]
    [InlineData("entity User; entity User;", 1, 21, "declared already")]
    [InlineData("type T = Long; type T = Long;", 1, 21, "declared already")]
    [InlineData("action a; action \"a\";", 1, 18, "declared already")]
    [InlineData("entity User = { a: Long, a: Long };", 1, 26, "has the attribute \"a\" already")]
    [InlineData("type Long = String;", 1, 6, "`Long` is reserved")]
    [InlineData("type A = B; type B = Set<C>; type C = { a: A };", 1, 35, "holds itself")]
    [InlineData("type A = A;", 1, 6, "holds itself")]
    [InlineData("entity Action;", 1, 8, "the type of actions")]
    [InlineData("entity in;", 1, 8, "`in` is reserved")]
    [InlineData("entity __cedar;", 1, 8, "`__cedar` is reserved")]
    [InlineData("namespace __cedar {}", 1, 11, "`__cedar` is reserved")]
    [InlineData("namespace N {} namespace N {}", 1, 26, "declared already")]
    [InlineData("namespace N {", 1, 14, "expected `}`")]
    [InlineData("entity User; namespace N { entity User; }", 1, 35, "would hide `User` of the empty namespace")]
    [InlineData("type User = Long; namespace N { entity User; }", 1, 40, "would hide `User` of the empty namespace")]
    [InlineData("action a; namespace N { action a; }", 1, 32, "would hide Action::\"a\"")]
    [InlineData("action a in [b];", 1, 14, "an action \"b\" that is not declared")]
    [InlineData("action a in b; action b in a;", 0, 0, "is in itself")]
    [InlineData("action a appliesTo { principal: [], resource: [] };", 1, 33, "the list is empty")]
    [InlineData("entity U; action a appliesTo { principal: U };", 1, 45, "needs a `resource`")]
    [InlineData("entity U; action a appliesTo { principal: U, principal: U };", 1, 46, "`principal` is given already")]
    [InlineData("entity U; action a appliesTo { principal: U, resource: U, context: U };", 1, 68, "there is no common type `U`")]
    [InlineData("type T = Long; entity U; action a appliesTo { principal: U, resource: U, context: T };", 1, 83, "must be a record")]
    [InlineData("entity U = { a: Set<Long };", 1, 26, "expected `>`")]
    [InlineData("entity U = { a Long };", 1, 16, "expected `:`")]
    [InlineData("entity U", 1, 9, "expected `;`")]
    [InlineData("entity U enum [];", 1, 16, "an id in double quotes")]
    [InlineData("entity U enum [\"a\"] in [V];", 1, 21, "expected `;`")]
    [InlineData("enttiy U;", 1, 1, "`entity`")]
    [InlineData("@a @a entity U;", 1, 5, "has the annotation @a already")]
    [InlineData("entity U = { a?? : Long };", 1, 16, "a slot is")]
    public void A_schema_that_is_wrong_is_refused_where_it_is_wrong(string text, int line, int column, string message)
    {
        var diagnostic = Assert.IsType<ParseResult<Schema>.Failure>(Schema.Parse(text)).Diagnostics[0];
        Assert.Contains(message, diagnostic.ToString());
        Assert.Equal((line, column), (diagnostic.Line, diagnostic.Column));
    }

    [Theory]
    [InlineData("entity String; entity U = { a: String };", "U", "{a: String}")]
    [InlineData("entity String; entity U = { a: __cedar::String };", "U", "{a: __cedar::String}")]
    [InlineData("type T = Long; entity T; entity U = { a: T };", "U", "{a: __cedar::Long}")]
    [InlineData("namespace N { entity T; entity U = { a: T, b: N::T, c: M::T }; } namespace M { entity T; }", "N::U", "{a: N::T, b: N::T, c: M::T}")]
    [InlineData("type T = Long; namespace N { entity U = { a: T }; }", "N::U", "{a: __cedar::Long}")]
    [InlineData("namespace N { type decimal = Bool; entity U = { a: decimal, b: __cedar::decimal }; }", "N::U", "{a: __cedar::Bool, b: __cedar::decimal}")]
    [InlineData("entity U = { a: Action }; action a;", "U", "{a: Action}")]
    [InlineData("type A = B; type B = Set<C>; type C = Long; entity U = { a: A };", "U", "{a: Set<__cedar::Long>}")]
    public void Names_are_looked_for_nearest_first_and_common_types_before_entity_types(string text, string type, string shape) =>
        Assert.Equal(shape, Cedar.Schema(text).EntityTypes[EntityTypeName.Parse(type)].Shape.ToString());

    [Fact]
    public void Aliases_that_double_at_every_name_are_refused_without_being_written_out()
    {
        var doubling = string.Concat(Enumerable.Range(0, 100).Select(i => $"type T{i} = {{ a: T{i + 1}, b: T{i + 1} }};\n")) + "type T100 = Long; entity U = { a: T0 };";
        Assert.Contains("more than 10000 types", Schema.Parse(doubling).ToString());
        var small = string.Concat(Enumerable.Range(0, 10).Select(i => $"type T{i} = {{ a: T{i + 1}, b: T{i + 1} }};\n")) + "type T10 = Long; entity U = { a: T0 };";
        Assert.Equal(2_048, Cedar.Schema(small).EntityTypes[EntityTypeName.Parse("U")].Shape.Size);
    }

    [Theory]
    [InlineData(290, true)]
    [InlineData(310, false)]
    [InlineData(20_000, false)]
    public void Long_chains_of_aliases_need_no_stack_and_types_nest_only_so_deep(int length, bool accepted)
    {
        var chain = string.Concat(Enumerable.Range(0, length).Select(i => $"type T{i} = Set<T{i + 1}>;\n")) + $"type T{length} = Long; entity U = {{ a: T0 }};";
        var ok = false;
        var thread = new Thread(() => ok = Schema.Parse(chain).TryGet(out var schema, out _) && schema.EntityTypes.Values.Single().Shape.ToString().Length > 0, 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(accepted, ok);
    }

    [Fact]
    public void Brackets_nest_only_so_deep()
    {
        string Nested(int depth) => $"type T = {string.Concat(Enumerable.Repeat("Set<", depth))}Long{new string('>', depth)};";
        Assert.True(Schema.Parse(Nested(200)).TryGet(out _, out _));
        Assert.Contains("limit guards the stack", Schema.Parse(Nested(201)).ToString());
        Assert.Contains("at most 100 identifiers", Schema.Parse($"type T = {string.Join("::", Enumerable.Repeat("a", 101))};").ToString());
    }

    [Fact]
    public void A_hierarchy_with_too_many_ancestors_is_refused()
    {
        var chain = string.Concat(Enumerable.Range(0, 1_600).Select(i => $"entity E{i} in [E{i + 1}];\n")) + "entity E1600;";
        Assert.Contains("more than 1000000", Schema.Parse(chain).ToString());
        Assert.True(Schema.Parse("entity A in [A, B]; entity B in [A];").TryGet(out _, out _));
    }

    [Fact]
    public void One_reading_finds_the_faults_of_several_declarations()
    {
        var failure = Assert.IsType<ParseResult<SchemaDocument>.Failure>(SchemaDocument.Parse("entity 1;\nentity U;\naction;\n", new ParseOptions { SourceName = "s" }));
        Assert.Equal([1, 3], failure.Diagnostics.Select(diagnostic => diagnostic.Line));
        Assert.StartsWith("s:1:8: ", failure.ToString());
    }

    [Fact]
    public void Documents_are_resolved_together()
    {
        Assert.True(SchemaDocument.Parse("namespace N { entity U in [M::G]; }").TryGet(out var one, out _));
        Assert.True(SchemaDocument.Parse("namespace M { entity G; }").TryGet(out var other, out _));
        Assert.True(Schema.Create(one, other).TryGet(out var schema, out _));
        Assert.Equal(2, schema.EntityTypes.Count);
        Assert.False(Schema.Create(one).TryGet(out _, out _));
        Assert.False(Schema.Create(one, other, other).TryGet(out _, out _));
    }
}
