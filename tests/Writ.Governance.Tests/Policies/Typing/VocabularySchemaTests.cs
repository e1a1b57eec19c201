using System.Text.Json;
using Writ.Cedar.Json;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Policies.Typing;

namespace Writ.Governance.Tests.Policies.Typing;

/// <summary>The schema of the vocabulary says what Writ puts there: no more, and no less.</summary>
public sealed class VocabularySchemaTests
{
    [Fact]
    public async Task Whatever_policies_are_asked_about_is_valid_under_the_schema()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var poorest = await world.RequestAsync("look");
        var trial = Assert.IsType<TrialWorldMaking.Made>(TrialWorld.Make(
            [World.Bundle(World.PermitAll + "forbid (principal, action == Writ::Action::\"tool/desk/wipe\", resource) when { context.claimed has purpose && context.claimed.purpose == \"x\" };")],
            [new TrialServer(World.Desk, [.. World.Definitions], World.DeskServer().Classifications)],
            TimeProvider.System)).World;
        var richest = trial.RequestOf(new TrialCall
        {
            Agent = TrialWorld.Describe("bot", [World.Desk]),
            Server = World.Desk,
            Tool = "pay",
            Arguments = World.Args("""{"amount":1,"to":"x"}"""),
            OnBehalfOf = "user-1",
            Purpose = "work",
            StartedBy = PersonId.Parse("ann"),
            Workflow = "flow",
            Claims = new Claims("work", "user-1", "1"),
            Asserted = JsonElement.Parse("""{"subject":{"role":"clerk","level":3},"anything":[1]}"""),
        });
        foreach (var request in new[] { poorest, richest })
        {
            var inquiry = request.Organization.Policy.Snapshot.Inquire(request.Facts, request.Tool!, request.Arguments)!;
            var validator = new Validator(VocabularySchema.Resolve(VocabularySchema.Of(request.Organization.ServersBySlug.Values)));
            Assert.Empty(validator.Validate(inquiry.Request));
            Assert.Empty(validator.Validate(inquiry.Entities));
            Assert.Equal(
                validator.Schema.Actions[inquiry.Request.Action].Context.Attributes.Where(attribute => attribute.Value.IsRequired).Select(attribute => attribute.Key).Order(StringComparer.Ordinal),
                inquiry.Request.Context.Names.Where(name => name != "on_behalf_of").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Without_tools_there_are_the_entities_and_the_groups()
    {
        var actual = VocabularySchema.Resolve(VocabularySchema.Of([]));
        Assert.Equal(["Agent", "Organization", "Person", "Server", "Task", "Team", "Tool", "User"], actual.EntityTypes.Keys.Select(name => name.Value["Writ::".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal(9, actual.Actions.Count);
    }

    [Fact]
    public void Both_of_Cedars_forms_write_it_and_read_it_back()
    {
        var document = VocabularySchema.Of([World.DeskServer()]).Closed();
        Assert.True(document.Print().TryGet(out var text, out _));
        Assert.True(SchemaDocument.Parse(text).TryGet(out var again, out _));
        Assert.Equal(SchemaJson.Write(document), SchemaJson.Write(again));
        Assert.True(Schema.Create(again).TryGet(out _, out _));
    }
}
