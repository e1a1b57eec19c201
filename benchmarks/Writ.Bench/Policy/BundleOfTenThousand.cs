using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Bench.Policy;

/// <summary>A bundle of 10,000 rules, each for one tool and one team, and an organization with those tools and a small bundle that holds.</summary>
internal static class BundleOfTenThousand
{
    public const int Tools = 200;

    private static readonly ServerSlug Desk = ServerSlug.Parse("desk");

    public static OrganizationState State()
    {
        var definitions = Enumerable.Range(0, Tools).Select(i => JsonElement.Parse(
            $$"""{"name":"t{{i}}","inputSchema":{"type":"object","properties":{"amount":{"type":"integer"},"to":{"type":"string"},"note":{"type":"string"} },"required":["amount"],"additionalProperties":false} }"""));
        var classes = Enumerable.Range(0, Tools).ToImmutableSortedDictionary(i => $"t{i}", _ => new ToolClassification { Effect = EffectClass.Write, Capability = "desk", RiskTags = ["none"] }, StringComparer.Ordinal);
        var held = Archive("held", ["permit (principal, action in Writ::Action::\"effect/read\", resource);\n"]);
        return TrialWorld.Make([held], [new TrialServer(Desk, [.. definitions], classes)], TimeProvider.System) is TrialWorldMaking.Made made
            ? made.World.State
            : throw new InvalidOperationException("the bench's organization cannot be made");
    }

    public static BundleArchive Archive() => Archive("many", Enumerable.Range(0, 10_000).Chunk(1_000).Select(part => string.Concat(part.Select(i =>
        $"permit (principal in Writ::Team::\"t{i % 50}\", action == Writ::Action::\"tool/desk/t{i % Tools}\", resource) when {{ context.args.amount < {1_000 + i} && context.environment == \"production\" && principal.risk < 3 }};\n"))));

    private static BundleArchive Archive(string name, IEnumerable<string> files) => new(
        new BundleManifest { Name = name, Version = "1", Tier = BundleTier.Soft },
        [.. files.Select((text, index) => new BundleFile($"p{index}.cedar", text))]);
}
