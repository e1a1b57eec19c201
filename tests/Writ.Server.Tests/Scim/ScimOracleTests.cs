using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Server.Scim;
using Writ.Testing;

namespace Writ.Server.Tests.Scim;

/// <summary>Writ's reading of SCIM beside that of libraries which others wrote and use.</summary>
public sealed class ScimOracleTests
{
    private static readonly string[] Names = ["babs", "Babs", "kim", "lee@corp.example", "", "é"];

    [Fact]
    public void Filters_match_what_another_parser_says_they_match()
    {
        using var oracle = new Oracle();
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            // What both read alike: the other library compares strings by case, which is the schema's to say.
            var resource = new JsonObject
            {
                ["id"] = Pick(random, "u-1", "u-2"), ["externalId"] = Pick(random, "e-1", "e-2", "E-1"), ["active"] = random.Next(2) == 0,
                ["emails"] = new JsonArray([.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => (JsonNode)new JsonObject { ["type"] = Pick(random, "work", "home"), ["value"] = Pick(random, "a@x.example", "b@y.example") })]),
            };
            var filter = Filter(random, 3);
            var ours = ScimFilterParser.Parse(filter, out var fault);
            Assert.True(ours is not null, $"{filter}: {fault}");
            var theirs = oracle.Ask(new JsonObject { ["filter"] = filter, ["resource"] = resource.DeepClone() })!;
            Assert.True(theirs.GetValueKind() is JsonValueKind.True or JsonValueKind.False, $"{filter}: {theirs.ToJsonString()}");
            Assert.True(theirs.GetValue<bool>() == ScimMatch.IsMatch(ScimSchema.User, resource, ours), $"{filter} of {resource.ToJsonString()}: the other library says {theirs}");
        }
    }

    [Fact]
    public void A_patch_makes_what_another_library_makes_of_it()
    {
        using var oracle = new Oracle();
        var random = new Random(13);
        for (var i = 0; i < 1_000; i++)
        {
            var resource = new JsonObject
            {
                ["schemas"] = new JsonArray(ScimSchema.User.Id), ["meta"] = new JsonObject { ["resourceType"] = "User" }, ["userName"] = "babs", ["active"] = true, ["displayName"] = "Babs",
                ["name"] = new JsonObject { ["givenName"] = "Barbara", ["familyName"] = "Jensen" },
                ["emails"] = new JsonArray(new JsonObject { ["value"] = "w@x.example", ["type"] = "work" }, new JsonObject { ["value"] = "h@x.example", ["type"] = "home" }),
            };
            var operations = new JsonArray([.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => (JsonNode)Operation(random))]);
            var theirs = oracle.Ask(new JsonObject { ["patch"] = operations.DeepClone(), ["resource"] = resource.DeepClone() })!.AsObject();
            var ours = resource.DeepClone().AsObject();
            var error = ScimPatch.Apply(ScimSchema.User, ours, new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"), ["Operations"] = operations.DeepClone() });
            if (theirs.ContainsKey("error"))
                continue;
            Assert.Null(error);
            Assert.True(JsonNode.DeepEquals(Bare(theirs), Bare(ours)), $"{operations.ToJsonString()}: {Bare(theirs).ToJsonString()} and not {Bare(ours).ToJsonString()}");
        }
    }

    [Fact]
    public async Task What_Writ_answers_are_resources_that_another_library_takes()
    {
        using var oracle = new Oracle();
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var id = await scim.UserAsync("kim", ""","name":{"givenName":"Kim"},"displayName":"Kim","externalId":"e","emails":[{"value":"kim@x.example","type":"work","primary":true}]""");
        var group = await scim.GroupAsync("Guides", id);
        foreach (var (kind, path) in new[] { ("user", $"/Users/{id}"), ("group", $"/Groups/{group}") })
            Assert.Equal("\"ok\"", oracle.Ask(new JsonObject { [kind] = (await scim.SendAsync("GET", path)).Body!.DeepClone() })!.ToJsonString());
        Assert.NotEqual("\"ok\"", oracle.Ask(new JsonObject { ["user"] = new JsonObject { ["id"] = id } })!.ToJsonString());
    }

    private static string Filter(Random random, int depth) => depth == 0 || random.Next(3) == 0
        ? random.Next(5) switch
        {
            0 => $"externalId {Pick(random, "eq", "co", "sw", "ew", "gt", "ge", "lt", "le")} \"{Pick(random, "e-1", "e", "-2", "E-1")}\"",
            1 => $"active eq {Pick(random, "true", "false")}",
            // One comparison: of two, the other library asks each of any value, and RFC 7644 both of one.
            2 => $"emails[{Pick(random, "type eq \"work\"", "type eq \"other\"", "value co \"x.example\"")}]",
            3 => $"{Pick(random, "externalId", "nickName", "emails", "active")} pr",
            _ => $"emails.value {Pick(random, "eq", "sw", "ew")} \"{Pick(random, "a@x.example", "a@", "example")}\"",
        }
        : random.Next(3) switch
        {
            0 => $"({Filter(random, depth - 1)} and {Filter(random, depth - 1)})",
            1 => $"{Filter(random, depth - 1)} or {Filter(random, depth - 1)}",
            _ => $"not ({Filter(random, depth - 1)})",
        };

    private static JsonObject Operation(Random random) => random.Next(6) switch
    {
        0 => new JsonObject { ["op"] = Pick(random, "replace", "add", "Replace"), ["path"] = "displayName", ["value"] = Pick(random, Names[..4]) },
        1 => new JsonObject { ["op"] = "replace", ["path"] = "active", ["value"] = random.Next(2) == 0 },
        2 => new JsonObject { ["op"] = "replace", ["path"] = "emails[type eq \"work\"].value", ["value"] = "n@x.example" },
        3 => new JsonObject { ["op"] = "remove", ["path"] = "emails[type eq \"home\"]" },
        4 => new JsonObject { ["op"] = "replace", ["path"] = "name.givenName", ["value"] = Pick(random, Names[..4]) },
        _ => new JsonObject { ["op"] = "replace", ["value"] = new JsonObject { ["displayName"] = "x", ["active"] = false } },
    };

    /// <summary>What of a resource both speak of: no empty list, and nothing of versions.</summary>
    private static JsonObject Bare(JsonObject resource)
    {
        var bare = resource.DeepClone().AsObject();
        bare.Remove("meta");
        bare.Remove("schemas");
        if (bare["emails"] is JsonArray { Count: 0 })
            bare.Remove("emails");
        return new JsonObject(bare.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];

    private sealed class Oracle : IDisposable
    {
        private readonly Process _process = Process.Start(new ProcessStartInfo(Peers.Node, [Peers.ScimOracle]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Peers.Folder })!;

        public JsonNode? Ask(JsonObject question)
        {
            _process.StandardInput.WriteLine(question.ToJsonString());
            return JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the oracle ended"));
        }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
