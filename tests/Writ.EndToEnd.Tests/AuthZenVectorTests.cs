using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>
/// The interoperability vectors of the AuthZEN working group, put to a running Writ over HTTP. Users, records and rules are those of its
/// published scenarios (todo application and gateways, and the records of Identiverse 2025).
/// </summary>
public sealed class AuthZenVectorTests
{
    private const string Todo = """
        @id("read") permit (principal, action in [Writ::Action::"tool/todo/can_read_user", Writ::Action::"tool/todo/can_read_todos", Writ::Action::"tool/todo/GET"], resource);
        @id("write") permit (principal, action in [Writ::Action::"tool/todo/can_create_todo", Writ::Action::"tool/todo/POST", Writ::Action::"tool/todo/PUT", Writ::Action::"tool/todo/DELETE"], resource)
        when { context.asserted has subject.roles && context.asserted.subject.roles.containsAny(["admin", "editor"]) };
        @id("change") permit (principal, action == Writ::Action::"tool/todo/can_update_todo", resource)
        when { context.asserted has subject.roles && (context.asserted.subject.roles.contains("evil_genius")
               || (context.asserted.subject.roles.contains("editor") && context.args has ownerID && context.asserted has subject.email && context.args.ownerID == context.asserted.subject.email)) };
        @id("delete") permit (principal, action == Writ::Action::"tool/todo/can_delete_todo", resource)
        when { context.asserted has subject.roles && (context.asserted.subject.roles.contains("admin")
               || (context.asserted.subject.roles.contains("editor") && context.args has ownerID && context.asserted has subject.email && context.args.ownerID == context.asserted.subject.email)) };
        """;

    private const string Records = """
        @id("own") permit (principal, action, resource)
        when { context.asserted has resource.owner && context.asserted has subject.id && context.asserted.resource.owner == context.asserted.subject.id };
        @id("department") permit (principal, action == Writ::Action::"tool/records/view", resource)
        when { context.asserted has subject.department && context.asserted has resource.department && context.asserted.resource.department == context.asserted.subject.department };
        @id("manager") permit (principal, action == Writ::Action::"tool/records/view", resource)
        when { context.asserted has subject.role && context.asserted.subject.role == "manager" };
        @id("manager-edits") permit (principal, action == Writ::Action::"tool/records/edit", resource)
        when { context.asserted has subject.role && context.asserted.subject.role == "manager" && context.asserted has subject.department
               && context.asserted has resource.department && context.asserted.resource.department == context.asserted.subject.department };
        """;

    [Fact]
    public async Task The_todo_application_is_decided_as_the_vectors_say()
    {
        var vectors = Vectors("authzen-todo-backend/decisions-authorization-api-1_0-02.json");
        await using var writ = await RunningWrit.StartAsync();
        using var point = await TodoAsync(writ);
        foreach (var vector in vectors["evaluation"]!.AsArray())
            Assert.True((bool)(await AskAsync(point, "evaluation", vector!["request"]!))["decision"]! == (bool)vector["expected"]!, vector.ToJsonString());
        foreach (var vector in vectors["evaluations"]!.AsArray())
        {
            var answers = (await AskAsync(point, "evaluations", vector!["request"]!))["evaluations"]!.AsArray();
            Assert.Equal(vector["expected"]!.AsArray().Select(e => (bool)e!["decision"]!), answers.Select(e => (bool)e!["decision"]!));
        }

        Assert.Equal((40, 3), (vectors["evaluation"]!.AsArray().Count, vectors["evaluations"]!.AsArray().Count));
    }

    [Fact]
    public async Task The_gateways_are_decided_as_the_vectors_say()
    {
        var vectors = Vectors("authzen-api-gateways/test-harness/decisions.json")["evaluation"]!.AsArray();
        await using var writ = await RunningWrit.StartAsync();
        using var point = await TodoAsync(writ);
        foreach (var vector in vectors)
            Assert.True((bool)(await AskAsync(point, "evaluation", vector!["request"]!))["decision"]! == (bool)vector["expected"]!, vector.ToJsonString());
        Assert.Equal(25, vectors.Count);
    }

    [Theory]
    [InlineData("authzen-search-demo/test-harness/subject/results.json", "evaluation", "subject", 60)]
    [InlineData("authzen-search-demo/test-harness/resource/results.json", "evaluation", "resource", 18)]
    [InlineData("authzen-search-demo/test-harness/action/results.json", "evaluation", "action", 120)]
    [InlineData("authzen-idp/test-harness/results.json", "search", "resource", 6)]
    public async Task Searches_find_what_the_vectors_say(string file, string list, string kind, int count)
    {
        var vectors = Vectors(file)[list]!.AsArray();
        await using var writ = await RunningWrit.StartAsync();
        using var point = await RecordsAsync(writ);
        foreach (var vector in vectors)
        {
            var answer = await AskAsync(point, $"search/{kind}", vector!["request"]!);
            Assert.Equal(Names(vector["expected"]!), Names(answer));
            Assert.Equal("", (string?)answer["page"]!["next_token"]);
        }

        Assert.Equal(count, vectors.Count);
        Assert.Empty(await writ.DecisionsAsync());
    }

    [Fact]
    public async Task A_search_goes_on_where_its_page_ended()
    {
        await using var writ = await RunningWrit.StartAsync();
        using var point = await RecordsAsync(writ);
        var request = JsonNode.Parse("""{"subject":{"type":"user","id":"bob"},"action":{"name":"view"},"resource":{"type":"record"},"page":{"limit":4}}""")!.AsObject();
        var found = new List<string>();
        for (string? token = null; token != "";)
        {
            if (token is not null)
                request["page"] = new JsonObject { ["limit"] = 4, ["token"] = token };
            var answer = await AskAsync(point, "search/resource", request);
            var page = Names(answer).ToArray();
            Assert.InRange(page.Length, 0, 4);
            Assert.Equal(page.Length, (int)answer["page"]!["count"]!);
            found.AddRange(page);
            token = (string?)answer["page"]!["next_token"];
        }

        Assert.Equal(["101", "102", "103", "105", "108", "112", "114", "116", "117", "119", "120"], found);
        foreach (var wrong in new[] { """{"limit":0}""", """{"limit":1001}""", """{"token":"***"}""" })
        {
            request["page"] = JsonNode.Parse(wrong);
            using var refused = await point.PostAsJsonAsync("/access/v1/search/resource", request);
            Assert.Equal(400, (int)refused.StatusCode);
        }

        // A task that is not the caller's is refused, as an evaluation in it would be.
        request["page"] = new JsonObject();
        point.DefaultRequestHeaders.Add("Writ-Task", "wtt_of_somebody_else");
        using var foreign = await point.PostAsJsonAsync("/access/v1/search/resource", request);
        Assert.Equal(400, (int)foreign.StatusCode);
    }

    [Fact]
    public async Task Several_evaluations_end_as_their_semantic_says_and_each_is_on_record()
    {
        await using var writ = await RunningWrit.StartAsync();
        using var point = await RecordsAsync(writ);
        var request = JsonNode.Parse("""
            {"subject":{"type":"user","id":"erin"},"action":{"name":"view"},"evaluations":[
              {"resource":{"type":"record","id":"105"}},{"resource":{"type":"record","id":"101"}},{"action":{"name":"nothing of the kind"},"resource":{"type":"record","id":"105"}},{},
              {"resource":{"type":"record","id":"111"}}]}
            """)!.AsObject();
        Assert.Equal("TFFFT", await DecisionsAsync());
        request["options"] = new JsonObject { ["evaluations_semantic"] = "deny_on_first_deny" };
        Assert.Equal("TF", await DecisionsAsync());
        request["options"] = new JsonObject { ["evaluations_semantic"] = "permit_on_first_permit" };
        Assert.Equal("T", await DecisionsAsync());
        request["options"] = new JsonObject { ["evaluations_semantic"] = "allow_all" };
        using var refused = await point.PostAsJsonAsync("/access/v1/evaluations", request);
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(3 + 2 + 1, (await writ.DecisionsAsync()).Count);

        // Without evaluations it is one.
        var single = await AskAsync(point, "evaluations", JsonNode.Parse("""{"subject":{"type":"user","id":"erin"},"action":{"name":"view"},"resource":{"type":"record","id":"105"}}""")!);
        Assert.True((bool)single["decision"]!);

        async Task<string> DecisionsAsync() =>
            string.Concat((await AskAsync(point, "evaluations", request))["evaluations"]!.AsArray().Select(e => (bool)e!["decision"]! ? 'T' : 'F'));
    }

    [Fact]
    public async Task T07_what_a_request_says_of_its_subject_is_no_fact()
    {
        await using var writ = await RunningWrit.StartAsync();
        using var point = await TodoAsync(writ);
        foreach (var request in new[]
        {
            """{"subject":{"type":"user","id":"stranger","properties":{"roles":["admin"]}},"action":{"name":"POST"},"resource":{"type":"route","id":"/todos"}}""",
            """{"subject":{"type":"user","id":"stranger"},"action":{"name":"POST"},"resource":{"type":"route","id":"/todos"},"context":{"subject":{"roles":["admin"]}}}""",
        })
        {
            using var response = await point.PostAsync("/access/v1/evaluation", new StringContent(request, System.Text.Encoding.UTF8, "application/json"));
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            Assert.False(answer["decision"] is JsonValue permitted && (bool)permitted, answer.ToJsonString());
        }
    }

    [Fact]
    public async Task An_access_request_is_told_until_it_is_used()
    {
        await using var writ = await RunningWrit.StartAsync();
        using var point = await TodoAsync(writ, Todo + """
            @id("ask") @discharge("approval") @approvers("capability/app") forbid (principal, action == Writ::Action::"tool/todo/DELETE", resource);
            """);
        var request = JsonNode.Parse("""{"subject":{"type":"user"},"action":{"name":"DELETE"},"resource":{"type":"route","id":"/todos/{todoId}"}}""")!;
        request["subject"]!["id"] = Id(0);
        var held = await AskAsync(point, "evaluation", request);
        Assert.False((bool)held["decision"]!);
        var offer = held["context"]!["access_request"]!;
        Assert.Equal("pending", await StatusAsync());
        await writ.ApproveAsync((string)offer["id"]!);
        Assert.Equal("approved", await StatusAsync());

        // Another subject's same action is another action.
        var other = request.DeepClone();
        other["subject"]!["id"] = Id(1);
        Assert.False((bool)(await AskAsync(point, "evaluation", other))["decision"]!);
        Assert.True((bool)(await AskAsync(point, "evaluation", request))["decision"]!);
        Assert.Equal("consumed", await StatusAsync());
        Assert.Equal(404, (int)(await point.GetAsync("/access/v1/requests/01990000-0000-7000-8000-000000000000")).StatusCode);

        async Task<string> StatusAsync() => (string)(await point.GetFromJsonAsync<JsonObject>((string)offer["endpoint"]!))!["status"]!;
    }

    private static JsonNode Vectors(string file) => JsonNode.Parse(File.ReadAllText(Corpora.Require("authzen/" + file)))!;

    private static IEnumerable<string> Names(JsonNode answer) =>
        answer["results"]!.AsArray().Select(r => (string)(r!["id"] ?? r["name"])!).Order(StringComparer.Ordinal);

    private static async Task<JsonObject> AskAsync(HttpClient point, string endpoint, JsonNode request)
    {
        using var response = await point.PostAsJsonAsync($"/access/v1/{endpoint}", request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The id under which the todo scenario knows its users: 0 is Rick, 1 Morty, 2 Summer, 3 Beth, 4 Jerry.</summary>
    private static string Id(int user) =>
        Convert.ToBase64String([0x0a, 0x24, .. System.Text.Encoding.ASCII.GetBytes($"fd{user}614d3-c39a-4781-b7bd-8b96f5a5100d"), 0x12, 0x05, .. "local"u8]);

    private static async Task<HttpClient> TodoAsync(RunningWrit writ, string policy = Todo)
    {
        (string Email, string[] Roles)[] users =
        [
            ("rick@the-citadel.com", ["admin", "evil_genius"]), ("morty@the-citadel.com", ["editor"]), ("summer@the-smiths.com", ["editor"]),
            ("beth@the-smiths.com", ["viewer"]), ("jerry@the-smiths.com", ["viewer"]),
        ];
        string[] subjects = ["user", "identity"];
        var entities = users.SelectMany((user, number) => subjects.Select(type => new JsonObject
        {
            ["type"] = type,
            ["id"] = Id(number),
            ["properties"] = new JsonObject { ["email"] = user.Email, ["roles"] = new JsonArray([.. user.Roles.Select(r => (JsonNode)r)]) },
        }));
        return await ApplicationAsync(
            writ, "todo", policy, subjects, entities,
            ["can_read_user", "can_read_todos", "can_create_todo", "can_update_todo", "can_delete_todo", "GET", "POST", "PUT", "DELETE"]);
    }

    private static Task<HttpClient> RecordsAsync(RunningWrit writ)
    {
        (string Name, string Role, string Department)[] users =
        [
            ("alice", "manager", "Sales"), ("bob", "employee", "Legal"), ("carol", "contractor", "Legal"),
            ("dan", "manager", "Finance"), ("erin", "employee", "Finance"), ("felix", "contractor", "Accounting"),
        ];
        string[] departments =
        [
            "Legal", "Legal", "Legal", "Accounting", "Legal", "Accounting", "Sales", "Legal", "Accounting", "Sales",
            "Accounting", "Legal", "Sales", "Accounting", "Finance", "Legal", "Legal", "Accounting", "Legal", "Accounting",
        ];
        var entities = users.Select(user => new JsonObject
        {
            ["type"] = "user",
            ["id"] = user.Name,
            ["properties"] = new JsonObject { ["role"] = user.Role, ["department"] = user.Department },
        }).Concat(departments.Select((department, number) => new JsonObject
        {
            ["type"] = "record",
            ["id"] = $"{101 + number}",
            ["properties"] = new JsonObject { ["department"] = department, ["owner"] = users[number % users.Length].Name },
        }));
        return ApplicationAsync(writ, "records", Records, ["user"], entities, ["view", "edit", "delete"]);
    }

    /// <summary>A declared server whose tools are the application's actions, its policy, and an enforcement point before it.</summary>
    private static async Task<HttpClient> ApplicationAsync(
        RunningWrit writ, string name, string policy, string[] subjects, IEnumerable<JsonObject> entities, string[] actions)
    {
        await writ.PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = name,
            ["connection"] = new JsonObject { ["type"] = "declared" },
            ["tools"] = new JsonObject(actions.Select(action => KeyValuePair.Create(action, (JsonNode?)RunningWrit.Classification("write")))),
            ["definitions"] = new JsonArray([.. actions.Select(action => new JsonObject
            {
                ["name"] = action,
                ["inputSchema"] = JsonNode.Parse("""
                    {"type":"object","properties":{"resource_type":{"type":"string"},"resource_id":{"type":"string"},"ownerID":{"type":"string"}},
                     "required":["resource_type","resource_id"],"additionalProperties":false}
                    """),
            })]),
        });
        await writ.PublishAsync(name, policy);
        var (agent, _) = await writ.AgentAsync(name, $"{name}/*");
        var key = (await writ.PostAsync("/v1/enforcement-points", new JsonObject
        {
            ["name"] = name,
            ["agents"] = new JsonArray(agent),
            ["application"] = new JsonObject { ["agent"] = agent, ["server"] = name, ["subjects"] = new JsonArray([.. subjects.Select(s => (JsonNode)s)]) },
        })).Word("key")!;
        var stated = await writ.PostAsync($"/v1/enforcement-points/{name}/entities", new JsonObject { ["entities"] = new JsonArray([.. entities]) }, status: 200);
        Assert.True((int)stated["entities"]! > 0);
        return writ.Client(key);
    }
}
