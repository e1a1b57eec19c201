using System.Text.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Records;

public sealed class ResourceNamesTests
{
    private static readonly ResourceNames Names = new([1, 2, 3]);
    private static readonly ToolClassification Tool = new()
    {
        Effect = EffectClass.Write, Capability = "c", RiskTags = ["none"],
        Resources = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("order", "order.id").Add("line", "lines"),
    };

    [Fact]
    public void A_name_tells_the_kind_alone_and_differs_by_kind_id_organization_and_key()
    {
        var name = Names.Of(World.Organization, "order/NW-1")!;
        Assert.Matches("^order/[0-9a-f]{32}$", name);
        Assert.Equal(name, Names.Of(World.Organization, "order/NW-1"));
        string?[] others =
        [
            Names.Of(World.Organization, "order/NW-2"), Names.Of(World.Organization, "ordes/NW-1"), Names.Of(OrganizationId.Parse("other"), "order/NW-1"),
            new ResourceNames([1, 2, 4]).Of(World.Organization, "order/NW-1"), Names.Of(World.Organization, "order/NW/1"),
        ];
        Assert.Equal(others.Length + 1, others.Append(name).Select(n => n![^32..]).Distinct().Count());
        Assert.All(new[] { "order", "order/", "/NW-1", "Order/1", "order/" + new string('x', 257) }, text => Assert.Null(Names.Of(World.Organization, text)));
    }

    [Theory]
    [InlineData("""{"order":{"id":"NW-1"}}""", 1, 0)]
    [InlineData("""{"order":{"id":7},"lines":["a","b","a"]}""", 3, 0)]
    [InlineData("""{"order":{"id":{}},"lines":[1,null,true,""]}""", 1, 4)]
    [InlineData("""{"order":"NW-1"}""", 0, 0)]
    [InlineData("""{"lines":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]}""", 16, 2)]
    public void What_a_call_is_about_is_read_where_people_said_and_counted_beyond_the_bound(string arguments, int named, int omitted)
    {
        var found = Names.Of(World.Organization, Tool, JsonElement.Parse(arguments), out var more);
        Assert.Equal((named, omitted), (found.Length, more));
        Assert.Equal(found.Distinct().Order(StringComparer.Ordinal), found);
        Assert.Empty(Names.Of(World.Organization, Tool with { Resources = Tool.Resources.Clear() }, JsonElement.Parse(arguments), out _));
    }

    [Theory]
    [InlineData("Order", "id")]
    [InlineData("order", "")]
    [InlineData("order", "a..b")]
    public void A_kind_is_a_slug_and_an_argument_has_a_name(string kind, string path) =>
        Assert.Contains("resources", (Tool with { Resources = Tool.Resources.Clear().Add(kind, path) }).Incompleteness, StringComparison.Ordinal);
}
