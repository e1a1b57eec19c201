using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Writ.Governance.Policies;
using Writ.Governance.Tools;

namespace Writ.Bench.Installations;

/// <summary>What the benches decide about: a declared server with ten tools, and a bundle of twenty policies, some of which look at arguments.</summary>
internal static class Desk
{
    public const int Tools = 10;

    public const int Policies = 20;

    public static readonly ServerSlug Slug = ServerSlug.Parse("desk");

    /// <summary>The arguments of a call, a quarter of a kilobyte.</summary>
    public static string Arguments(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"order_id":"NW-{{number}}","amount":{{number % 100}}.50,"reason":"The customer says that the parcel came late and one of its two items was broken","notify":true,"copies":["desk@example.org","archive@example.org"],"priority":{{number % 5}}}""");

    /// <summary>The tool of a call; all of them are permitted.</summary>
    public static string Tool(int number) => $"order_{number % Tools}";

    public static Governance.Tools.Server Server(Governance.Organizations.OrganizationId organization) => new()
    {
        Organization = organization,
        Slug = Slug,
        Connection = new ServerConnection.Declared(),
        Classifications = Enumerable.Range(0, Tools).ToImmutableSortedDictionary(
            Tool,
            i => new ToolClassification { Effect = i % 2 == 0 ? EffectClass.Read : EffectClass.Write, Capability = "orders.change", RiskTags = ["customer", "shipping"] },
            StringComparer.Ordinal),
    };

    public static IReadOnlyList<JsonElement> Definitions() =>
    [
        .. Enumerable.Range(0, Tools).Select(i => JsonDocument.Parse(
            $$$"""
            {"name":"{{{Tool(i)}}}","description":"Changes an order.","inputSchema":{"type":"object","additionalProperties":false,"required":["order_id","amount"],"properties":{
              "order_id":{"type":"string","minLength":1,"maxLength":40},"amount":{"type":"number"},"reason":{"type":"string","maxLength":400},
              "notify":{"type":"boolean"},"copies":{"type":"array","items":{"type":"string"}},"priority":{"type":"integer","minimum":0,"maximum":9} } } }
            """).RootElement.Clone()),
    ];

    public static BundleArchive Bundle()
    {
        var text = new StringBuilder(
            """
            @id("orders") permit (principal, action in [Writ::Action::"effect/read", Writ::Action::"effect/write"], resource);
            @id("no-development") forbid (principal, action, resource) when { context.environment == "development" };
            @id("no-stranger") forbid (principal, action, resource) unless { context.risk_tags.contains("customer") };
            @id("large") @discharge("approval") @approvers("capability/app")
            forbid (principal, action in Writ::Action::"effect/write", resource) when { context.args.amount.greaterThan(decimal("1000.0")) };

            """);
        for (var i = 0; i < Policies - 4; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                @id("rule-{{i}}")
                forbid (principal, action == Writ::Action::"tool/desk/{{Tool(i)}}", resource)
                when { context.args has priority && context.args.priority > 8 && context.args.order_id like "X{{i}}-*" };

                """);
        }

        return new BundleArchive(new BundleManifest { Name = "bench", Version = "1", Tier = BundleTier.Soft }, [new BundleFile("bench.cedar", text.ToString())]);
    }
}
