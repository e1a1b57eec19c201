using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Validation;

public sealed class PolicyValidationTests
{
    private static readonly Schema Schema = Cedar.Schema("""
        entity User in [Team] = { name: String, age?: Long, boss?: User, home?: { city?: String }, ids: Set<Long>, addr: ipaddr, cost: decimal, at: datetime };
        entity Team in [Team] tags Set<String>;
        entity Doc = { owner: User, name: String, secret?: Bool } tags Long;
        entity Color enum ["red", "blue"];
        action all;
        action view, edit in all appliesTo { principal: User, resource: Doc, context: { mfa: Bool, note?: String, all: Bool } };
        action join appliesTo { principal: User, resource: Team };
        """);

    /// <summary>Conditions, and what strict and permissive validation find: nothing, or a kind and a part of the message.</summary>
    public static TheoryData<string, string, string> Conditions => new()
    {
        // Attributes, and the tests that make them safe.
        { "principal.name == \"a\"", "", "" },
        { "principal.nmae == \"a\"", "UnknownAttribute User has no attribute nmae: did you mean `name`?", "UnknownAttribute" },
        { "principal.age == 1", "UnguardedAccess the attribute age of User is optional", "UnguardedAccess" },
        { "principal has age && principal.age == 1", "", "" },
        { "principal has age || principal.age == 1", "UnguardedAccess", "UnguardedAccess" },
        { "resource.owner has age && principal.age == 1", "UnguardedAccess", "UnguardedAccess" },
        { "if principal has age then principal.age == 1 else true", "", "" },
        { "if principal has age then true else principal.age == 1", "UnguardedAccess", "UnguardedAccess" },
        { "(principal has age && context.mfa || principal has age) && principal.age > 1", "", "" },
        { "(principal has age || principal has boss) && principal.age > 1", "UnguardedAccess", "UnguardedAccess" },
        { "!(principal has age) || principal.age > 1", "UnguardedAccess", "UnguardedAccess" },
        { "principal has home.city && principal.home.city == \"x\"", "", "" },
        { "principal has home && principal.home.city == \"x\"", "UnguardedAccess", "UnguardedAccess" },
        { "principal has boss && principal.boss.name like \"a*\"", "", "" },
        { "context.note == \"x\"", "UnguardedAccess", "UnguardedAccess" },
        { "context has note && context.note == \"x\"", "", "" },
        { "context has nothing && context.nothing.at.all", "", "" },
        { "1 has a", "WrongType this must be an entity or a record, and is Long", "WrongType" },

        // Tags.
        { "resource.hasTag(\"k\") && resource.getTag(\"k\") > 1", "", "" },
        { "resource.getTag(\"k\") > 1", "UnguardedAccess", "UnguardedAccess" },
        { "resource.hasTag(\"k\") && resource.getTag(\"l\") > 1", "UnguardedAccess", "UnguardedAccess" },
        { "principal.hasTag(\"k\") && principal.getTag(\"k\") > 1", "", "" },
        { "resource.hasTag(1)", "WrongType this must be String, and is Long", "WrongType" },

        // What is decided is not looked at further.
        { "false && principal.nothing", "", "" },
        { "true || principal.nothing", "", "" },
        { "if true then true else principal.nothing", "", "" },
        { "true && principal.nothing", "UnknownAttribute", "UnknownAttribute" },
        { "principal is Doc && principal.nothing", "", "" },
        { "principal is User && principal.nothing", "UnknownAttribute", "UnknownAttribute" },
        { "action == Action::\"join\" && resource.nothing", "", "" },
        { "principal == Team::\"t\" && principal.nothing", "", "" },
        { "principal in Doc::\"d\" && principal.nothing", "", "" },
        { "principal in Team::\"t\" && principal.nothing", "UnknownAttribute", "UnknownAttribute" },
        { "action in Action::\"join\" && principal.nothing", "", "" },
        { "action in [Action::\"all\"] && principal.nothing", "UnknownAttribute", "UnknownAttribute" },
        { "1 == 2 && principal.nothing", "", "" },

        // Operators.
        { "principal.ids.contains(1) && 1 + 2 * 3 - 4 < -5", "", "" },
        { "principal.name + \"x\" == \"ax\"", "WrongType this must be Long, and is String", "WrongType" },
        { "principal.name < \"x\"", "WrongType order is defined between", "WrongType" },
        { "principal.at < datetime(\"2026-01-01\")", "", "" },
        { "principal.at < 1", "WrongType order is defined between", "WrongType" },
        { "principal.cost < decimal(\"1.0\")", "WrongType", "WrongType" },
        { "principal.cost.lessThan(decimal(\"1.0\"))", "", "" },
        { "principal.addr.lessThan(decimal(\"1.0\"))", "WrongType this must be decimal, and is ipaddr", "WrongType" },
        { "!principal.name", "WrongType this must be Bool, and is String", "WrongType" },
        { "-principal.name == 1", "WrongType", "WrongType" },
        { "principal.name.isEmpty()", "WrongType this must be a set, and is String", "WrongType" },
        { "principal.ids.isEmpty()", "", "" },
        { "principal.name", "WrongType this must be Bool, and is String", "WrongType" },
        { "context.mfa like \"x\"", "WrongType", "WrongType" },
        { "context.mfa in principal", "WrongType this must be an entity, and is Bool", "WrongType" },
        { "principal in principal.name", "WrongType this must be an entity or a set of entities, and is String", "WrongType" },
        { "principal.ids.containsAll(1)", "WrongType this must be a set, and is Long", "WrongType" },

        // What only strict validation refuses.
        { "principal.name == 1", "IncompatibleTypes String and Long are never equal", "" },
        { "principal.name != 1", "IncompatibleTypes", "" },
        { "principal.ids.contains(\"1\")", "IncompatibleTypes", "" },
        { "principal.ids.containsAny([\"1\"])", "IncompatibleTypes", "" },
        { "[1, \"a\"].contains(1)", "IncompatibleTypes the elements are of types that do not meet: Long and String", "IncompatibleTypes" },
        { "[principal, resource].contains(principal)", "IncompatibleTypes", "" },
        { "(if context.mfa then principal else resource) == principal", "IncompatibleTypes the branches", "" },
        { "(if context.mfa then principal else resource).name == \"a\"", "IncompatibleTypes", "" },
        { "(if context.mfa then principal else resource).ids == [1]", "IncompatibleTypes", "UnknownAttribute not every" },
        { "(if context.mfa then 1 else \"a\") == 1", "IncompatibleTypes", "IncompatibleTypes" },
        { "(if context.mfa then {a: 1} else {a: 1, b: 2}).a == 1", "IncompatibleTypes", "" },
        { "principal.ids == []", "EmptySet", "" },
        { "ip(principal.name) == principal.addr", "WrongCall ip must be called with a text that stands here", "" },
        { "{a: principal.name, \"b\": 1} == {a: \"x\", b: 2}", "", "" },
        { "{a: 1} == {b: 1}", "IncompatibleTypes", "" },

        // Calls.
        { "ip(\"127.0.0.1\").isInRange(principal.addr)", "", "" },
        { "ip(\"x\").isIpv4()", "WrongCall", "WrongCall" },
        { "principal.addr.isInRange(principal.addr, principal.addr)", "WrongCall isInRange takes 2 arguments, and gets 3", "WrongCall" },
        { "ip(1).isIpv4()", "WrongType this must be String, and is Long", "WrongType" },

        // Names.
        { "principal == Usr::\"a\"", "UnknownEntityType the schema declares no entity type Usr: did you mean `User`?", "UnknownEntityType" },
        { "principal is Usr", "UnknownEntityType", "UnknownEntityType" },
        { "action == Action::\"viwe\"", "UnknownAction did you mean `Action::\"view\"`?", "UnknownAction" },
        { "Color::\"red\" == Color::\"blue\" || context.mfa", "", "" },
        { "Color::\"rod\" == Color::\"blue\" || context.mfa", "UnknownEnumId Color has no id \"rod\": did you mean `red`?", "UnknownEnumId" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_is_valid_only_when_it_cannot_fail(string condition, string strict, string permissive)
    {
        var policies = Cedar.Policies($"permit(principal, action in [Action::\"view\", Action::\"edit\"], resource)\nwhen {{ {condition} }};");
        foreach (var (mode, expected) in new[] { (ValidationMode.Strict, strict), (ValidationMode.Permissive, permissive) })
        {
            var errors = new Validator(Schema).Validate(policies, mode).Where(finding => finding.Severity == Severity.Error).ToList();
            if (expected.Length == 0)
            {
                Assert.Empty(errors);
                continue;
            }

            var kind = expected.Split(' ')[0];
            Assert.Contains(errors, error => error.Kind.ToString() == kind && error.Diagnostic.Message.Contains(expected[kind.Length..].Trim(), StringComparison.Ordinal));
            Assert.All(errors, error => Assert.Equal((2, "policy0"), (error.Diagnostic.Line, error.Policy!.Value)));
        }
    }

    [Theory]
    [InlineData("principal, action, resource", "")]
    [InlineData("principal == User::\"a\", action == Action::\"view\", resource == Doc::\"d\"", "")]
    [InlineData("principal in Team::\"t\", action in Action::\"all\", resource is Doc", "")]
    [InlineData("principal is User in Team::\"t\", action, resource", "")]
    [InlineData("principal == ?principal, action, resource in ?resource", "")]
    [InlineData("principal is User in ?principal, action, resource", "")]
    [InlineData("principal == Team::\"t\", action, resource", "NoApplicableAction did you mean `principal in Team::\"t\"`?")]
    [InlineData("principal is Doc in ?principal, action, resource", "NoApplicableAction")]
    [InlineData("principal, action == Action::\"join\", resource is Doc", "NoApplicableAction")]
    [InlineData("principal, action == Action::\"all\", resource", "NoApplicableAction")]
    [InlineData("principal, action in [], resource", "NoApplicableAction")]
    [InlineData("principal, action in [Action::\"view\", Action::\"nope\"], resource", "UnknownAction")]
    [InlineData("principal is Usr, action, resource", "UnknownEntityType")]
    [InlineData("principal in Color::\"pink\", action, resource", "UnknownEnumId")]
    public void A_scope_must_match_some_kind_of_request(string scope, string expected)
    {
        var errors = new Validator(Schema).Validate(Cedar.Policies($"permit({scope});")).Where(finding => finding.Severity == Severity.Error).ToList();
        if (expected.Length == 0)
        {
            Assert.Empty(errors);
            return;
        }

        var kind = expected.Split(' ')[0];
        Assert.Contains(errors, error => error.Kind.ToString() == kind && error.Diagnostic.Message.Contains(expected[kind.Length..].Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_that_can_never_be_satisfied_is_a_warning()
    {
        var finding = Assert.Single(new Validator(Schema).Validate(Cedar.Policies("permit(principal, action, resource) when { principal is Doc };")));
        Assert.Equal((FindingKind.Impossible, Severity.Warning), (finding.Kind, finding.Severity));
        Assert.Empty(new Validator(Schema).Validate(Cedar.Policies("permit(principal, action, resource) when { principal is User };")));
    }

    [Fact]
    public void A_condition_must_be_safe_for_every_kind_of_request()
    {
        Assert.NotEmpty(new Validator(Schema).Validate(Cedar.Policies("permit(principal, action, resource) when { resource.name == \"a\" };")));
        Assert.Empty(new Validator(Schema).Validate(Cedar.Policies("permit(principal, action, resource) when { resource is Doc } when { resource.name == \"a\" };")));
        Assert.NotEmpty(new Validator(Schema).Validate(Cedar.Policies("permit(principal, action, resource) unless { resource is Doc && resource.nothing };")));
    }

    [Fact]
    public void Links_and_templates_are_validated_both()
    {
        var templates = Cedar.Policies("permit(principal in ?principal, action, resource);");
        Assert.True(templates.Link(new PolicyId("policy0"), new PolicyId("good"), new("Team", "t")).TryGet(out var good, out _));
        Assert.Empty(new Validator(Schema).Validate(good));
        Assert.True(templates.Link(new PolicyId("policy0"), new PolicyId("bad"), new("Nowhere", "t")).TryGet(out var bad, out _));
        Assert.All(new Validator(Schema).Validate(bad), finding => Assert.Equal("bad", finding.Policy!.Value));
        Assert.NotEmpty(new Validator(Schema).Validate(bad));
    }

    [Fact]
    public void The_findings_of_one_policy_do_not_crowd_out_those_of_another_kind()
    {
        var impossible = string.Concat(Enumerable.Repeat("permit(principal, action, resource) when { false };\n", Validator.MaxFindings + 5));
        var findings = new Validator(Schema).Validate(Cedar.Policies(impossible + "permit(principal, action, resource) when { principal.nothing };"));
        Assert.Equal(Validator.MaxFindings, findings.Count(finding => finding.Severity == Severity.Warning));
        Assert.Contains(findings, finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public void A_policy_that_takes_too_much_work_is_refused()
    {
        var names = string.Join(", ", Enumerable.Range(0, 300).Select(i => $"E{i}"));
        var schema = Cedar.Schema($"entity {names}; action a appliesTo {{ principal: [{names}], resource: [{names}] }};");
        var sum = string.Join(" + ", Enumerable.Repeat("1", 100));
        var findings = new Validator(schema).Validate(Cedar.Policies($"permit(principal, action, resource) when {{ {sum} == 1 }};"));
        Assert.Equal(FindingKind.TooComplex, Assert.Single(findings).Kind);
        Assert.Empty(new Validator(schema).Validate(Cedar.Policies($"permit(principal is E1, action, resource) when {{ {sum} == 1 }};")));
    }

    [Fact]
    public void The_deepest_condition_needs_no_more_than_a_stack_of_one_MiB()
    {
        var deep = "permit(principal, action, resource) when { " + string.Concat(Enumerable.Repeat("if context.all then ", 190)) + "true" + string.Concat(Enumerable.Repeat(" else false", 190)) + " };"
            + "permit(principal, action, resource) when { " + string.Join(" && ", Enumerable.Repeat("principal.name == \"a\"", 498)) + " };"
            + "permit(principal, action, resource) when { principal has " + string.Join('.', Enumerable.Repeat("boss", 490)) + " };";
        var policies = Cedar.Policies(deep);
        var done = false;
        var thread = new Thread(() => done = !new Validator(Schema).Validate(policies).IsDefault, 1 << 20);
        thread.Start();
        thread.Join();
        Assert.True(done);
        Assert.Contains(new Validator(Schema).Validate(Cedar.Policies("permit(principal, action, resource) when { principal has " + string.Join('.', Enumerable.Repeat("boss", 600)) + " };")), finding => finding.Kind == FindingKind.TooComplex);
    }

    [Fact]
    public void The_deepest_types_need_no_more_than_a_stack_of_one_MiB()
    {
        const int Depth = Schema.MaxTypeHeight - 3;
        var aliases = string.Concat(Enumerable.Range(0, Depth).Select(i => $"type T{i} = {{ a: T{i + 1} }};\n")) + $"type T{Depth} = Long;";
        var schema = aliases + "entity U = { x: T0, y: Set<T0> }; action a appliesTo { principal: U, resource: U };";
        RecordValue value = RecordValue.Of(("a", 1));
        for (var i = 1; i < Depth; i++)
            value = RecordValue.Of(("a", value));
        var entity = new Entity(new EntityUid("U", "u"), null, RecordValue.Of(("x", value), ("y", SetValue.Of(value))));
        IReadOnlyList<Finding>? found = null;
        var thread = new Thread(
            () =>
            {
                var validator = new Validator(Cedar.Schema(schema));
                found = [.. validator.Validate(Cedar.Policies("permit(principal, action, resource) when { [principal.x, resource.x] == principal.y && principal.y == 1 };")), .. validator.Validate(Cedar.Store(entity))];
            },
            1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(FindingKind.IncompatibleTypes, Assert.Single(found!).Kind);
    }
}
