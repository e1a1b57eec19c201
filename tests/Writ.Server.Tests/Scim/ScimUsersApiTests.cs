using System.Text.Json.Nodes;
using Writ.Server.Tests.Login;

namespace Writ.Server.Tests.Scim;

public sealed class ScimUsersApiTests
{
    [Fact]
    public async Task A_user_is_made_found_replaced_and_deleted_and_has_no_capability()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var (status, made, response) = await scim.SendAsync("POST", "/Users", $$"""
            {"schemas":["{{ScimSession.UserSchema}}","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"USERNAME":"Kim@Corp.example","externalId":"e-1","password":"hunter2","title":"Dr",
             "name":{"givenName":"Kim","familyName":"Lee","honorificPrefix":"Dr"},"emails":[{"value":"kim@corp.example","type":"work","primary":"True"}],"groups":[{"value":"x"}],"id":"administrator",
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"} }
            """);
        var id = made!["id"]!.GetValue<string>();
        Assert.Equal((201, true, "application/scim+json"), (status, made["active"]!.GetValue<bool>(), response.Content.Headers.ContentType!.ToString()));
        Assert.EndsWith("/scim/v2/Users/" + id, response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(response.Headers.ETag!.ToString(), made["meta"]!["version"]!.GetValue<string>());
        Assert.StartsWith("u-", id, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", made.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Sales", made.ToJsonString(), StringComparison.Ordinal);
        Assert.True(made["emails"]![0]!["primary"]!.GetValue<bool>());

        Assert.Equal(id, Assert.Single(await scim.FindAsync("/Users?filter=" + Uri.EscapeDataString("userName eq \"kim@corp.EXAMPLE\"")))!["id"]!.GetValue<string>());
        var person = (await writ.SendAsync("GET", "/v1/people", writ.Person)).Body!["people"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == id)!;
        Assert.Equal((0, "Kim@Corp.example"), (person["capabilities"]!.AsArray().Count, person["user_name"]!.GetValue<string>()));

        var etag = response.Headers.ETag.ToString();
        var put = $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"kim","id":"{{id}}","meta":{} }""";
        Assert.Equal(412, (await scim.SendAsync("PUT", $"/Users/{id}", put, ("If-Match", "W/\"other\""))).Status);
        var (_, replaced, _) = await scim.SendAsync("PUT", $"/Users/{id}", put, ("If-Match", etag));
        Assert.Equal(("kim", true, null), (replaced!["userName"]!.GetValue<string>(), replaced["active"]!.GetValue<bool>(), replaced["emails"]));
        Assert.Equal(412, (await scim.SendAsync("PUT", $"/Users/{id}", put, ("If-Match", etag))).Status);
        Assert.Equal(304, (await scim.SendAsync("GET", $"/Users/{id}", null, ("If-None-Match", replaced["meta"]!["version"]!.GetValue<string>()))).Status);

        Assert.Equal(204, (await scim.SendAsync("DELETE", $"/Users/{id}")).Status);
        Assert.Equal(404, (await scim.SendAsync("GET", $"/Users/{id}")).Status);
        Assert.Equal(404, (await scim.SendAsync("DELETE", $"/Users/{id}")).Status);
        Assert.Empty(await scim.FindAsync("/Users"));
        // Whoever comes after is somebody else.
        Assert.NotEqual(id, await scim.UserAsync("kim"));
    }

    [Fact]
    public async Task Errors_are_in_the_envelope_of_SCIM()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        await scim.UserAsync("kim");
        var (_, agent) = await writ.AgentAsync();
        foreach (var (method, path, body, status, type) in new[]
        {
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"KIM"}""", 409, "uniqueness"),
            ("POST", "/Users", """{"userName":"lee"}""", 400, "invalidValue"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"]}""", 400, "invalidValue"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"lee","capabilities":["security"]}""", 400, "invalidSyntax"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"lee","UserName":"max"}""", 400, "invalidSyntax"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"a","userName":"b"}""", 400, "invalidSyntax"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"{{new string('x', 257)}}"}""", 400, "invalidValue"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"\ud800"}""", 400, "invalidSyntax"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"user\ud800":"x"}""", 400, "invalidSyntax"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"\u0000"}""", 400, "invalidValue"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":{"a":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]} }""", 400, "invalidSyntax"),
            ("POST", "/Users", $$"""{"schemas":["{{ScimSession.UserSchema}}"],"userName":"{{new string('x', 70_000)}}"}""", 413, null),
            ("POST", "/Users", "[]", 400, "invalidSyntax"),
            ("POST", "/Users", "{", 400, "invalidSyntax"),
            ("GET", "/Users?filter=" + Uri.EscapeDataString("userName like \"x\""), null, 400, "invalidFilter"),
            ("GET", "/Users?count=x", null, 400, "invalidValue"),
            ("GET", "/Users/administrator", null, 404, null),
            ("PATCH", "/Users/administrator", """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}""", 404, null),
            ("DELETE", "/Users/administrator", null, 404, null),
            ("GET", "/Nothing", null, 404, null),
            ("POST", "/Bulk", "{}", 404, null),
            ("GET", "/Schemas?filter=x", null, 403, null),
        })
        {
            var answer = await scim.SendAsync(method, path, body);
            Assert.True(answer.Status == status, $"{method} {path}: {answer.Status}, not {status}");
            Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", answer.Body!["schemas"]![0]!.GetValue<string>());
            Assert.Equal((status.ToString(System.Globalization.CultureInfo.InvariantCulture), type), (answer.Body["status"]!.GetValue<string>(), answer.Body["scimType"]?.GetValue<string>()));
        }

        foreach (var (token, status) in new (string?, int)[] { (null, 401), ("wdt_nonsense", 401), (writ.Person, 403), (agent, 403) })
        {
            var answer = await writ.SendAsync("GET", "/scim/v2/Users", token);
            Assert.Equal((status, "urn:ietf:params:scim:api:messages:2.0:Error"), (answer.Status, answer.Body!["schemas"]![0]!.GetValue<string>()));
        }

        Assert.Equal(415, (await writ.SendAsync("POST", "/scim/v2/Users", scim.Token, "x", "text/plain")).Status);
        Assert.Equal(403, (await writ.SendAsync("GET", "/v1/people", scim.Token)).Status);
    }

    [Fact]
    public async Task Pages_count_from_one_and_attributes_are_chosen()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        for (var i = 0; i < 5; i++)
            await scim.UserAsync($"user{i}", ""","emails":[{"value":"a@x.example"}]""");
        var (_, page, _) = await scim.SendAsync("GET", "/Users?startIndex=4&count=3&attributes=userName,emails.value");
        Assert.Equal((5, 4, 2), (page!["totalResults"]!.GetValue<int>(), page["startIndex"]!.GetValue<int>(), page["itemsPerPage"]!.GetValue<int>()));
        Assert.Equal(["emails", "id", "schemas", "userName"], page["Resources"]![0]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((5, 0), ((await scim.SendAsync("GET", "/Users?count=0")).Body!["totalResults"]!.GetValue<int>(), (await scim.FindAsync("/Users?count=-7")).Count));
        Assert.Equal(5, (await scim.FindAsync("/Users?startIndex=-3&count=9999")).Count);
        Assert.Null((await scim.FindAsync("/Users?excludedAttributes=emails,id"))[0]!["emails"]);
    }

    [Fact]
    public async Task What_there_is_of_SCIM_is_said_and_what_there_is_not()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var (_, config, _) = await scim.SendAsync("GET", "/ServiceProviderConfig");
        bool Supports(string what) => config![what]!["supported"]!.GetValue<bool>();
        Assert.Equal((true, true, true, false, false, false), (Supports("patch"), Supports("filter"), Supports("etag"), Supports("bulk"), Supports("sort"), Supports("changePassword")));
        Assert.Equal(["User", "Group"], (await scim.FindAsync("/ResourceTypes")).Select(type => type!["name"]!.GetValue<string>()));
        Assert.Equal(200, (await scim.SendAsync("GET", "/ResourceTypes/Group")).Status);
        Assert.Equal([ScimSession.UserSchema, ScimSession.GroupSchema], (await scim.FindAsync("/Schemas")).Select(schema => schema!["id"]!.GetValue<string>()));
        Assert.Equal(200, (await scim.SendAsync("GET", "/Schemas/" + ScimSession.UserSchema)).Status);
    }

    [Fact]
    public async Task An_inactive_user_is_out_at_once_returns_with_nothing_and_never_against_a_persons_word()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var (_, kim, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"kim","capabilities":["app","security"]}""");
        var token = kim!["token"]!.GetValue<string>();
        Assert.Equal(404, (await scim.SendAsync("GET", "/Users/kim")).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/people/kim/directory", writ.Person, """{"user_name":"kim@corp"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/people/kim/directory", writ.Person, """{"user_name":"other"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("GET", "/v1/people", token)).Status);

        var (status, gone, _) = await scim.PatchAsync("/Users/kim", """{"op":"Replace","path":"active","value":"False"}""");
        Assert.Equal((200, false), (status, gone!["active"]!.GetValue<bool>()));
        Assert.Equal(401, (await writ.SendAsync("GET", "/v1/people", token)).Status);
        var (_, back, _) = await scim.PatchAsync("/Users/kim", """{"op":"replace","value":{"active":true,"displayName":"Kim"}}""");
        Assert.Equal((true, "Kim"), (back!["active"]!.GetValue<bool>(), back["displayName"]!.GetValue<string>()));
        Assert.Equal(401, (await writ.SendAsync("GET", "/v1/people", token)).Status);
        var person = (await writ.SendAsync("GET", "/v1/people", writ.Person)).Body!["people"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == "kim")!;
        Assert.Equal((0, null), (person["capabilities"]!.AsArray().Count, person["left_at"]));

        // A person's word makes final what the directory did before.
        var lee = await scim.UserAsync("lee");
        Assert.Equal(200, (await scim.PatchAsync($"/Users/{lee}", """{"op":"replace","path":"active","value":false}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("DELETE", $"/v1/people/{lee}?reason=fired", writ.Person)).Status);
        Assert.Equal(409, (await writ.SendAsync("DELETE", $"/v1/people/{lee}?reason=again", writ.Person)).Status);
        Assert.Equal(403, (await scim.PatchAsync($"/Users/{lee}", """{"op":"replace","path":"active","value":true}""")).Status);

        await writ.SendAsync("DELETE", "/v1/people/kim?reason=fired", writ.Person);
        Assert.Equal(403, (await scim.PatchAsync("/Users/kim", """{"op":"replace","path":"active","value":true}""")).Status);
        Assert.False((await scim.SendAsync("GET", "/Users/kim")).Body!["active"]!.GetValue<bool>());

        var born = await scim.UserAsync("idle", ",\"active\":false");
        Assert.False((await scim.SendAsync("GET", $"/Users/{born}")).Body!["active"]!.GetValue<bool>());
        Assert.Equal(404, (await writ.SendAsync("POST", $"/v1/people/{born}/invite", writ.Person)).Status);
    }

    [Fact]
    public async Task Each_directory_sees_and_changes_its_own_people_and_groups_and_its_next_token_goes_on_with_them()
    {
        await using var writ = await RunningServer.StartAsync();
        var (corp, other) = (await ScimSession.StartAsync(writ), await ScimSession.StartAsync(writ, label: "other"));
        var kim = await corp.UserAsync("kim");
        var group = await corp.GroupAsync("payments", kim);
        // What one has keeps no name from the other.
        var (theirs, own) = (await other.UserAsync("kim"), await other.GroupAsync("payments"));
        Assert.NotEqual(kim, theirs);
        const string Off = """{"op":"replace","path":"active","value":false}""", Rename = """{"op":"replace","path":"displayName","value":"x"}""";
        foreach (var (path, change) in new[] { ($"/Users/{kim}", Off), ($"/Groups/{group}", Rename) })
        {
            Assert.Equal(404, (await other.SendAsync("GET", path)).Status);
            Assert.Equal(404, (await other.PatchAsync(path, change)).Status);
            Assert.Equal(404, (await other.SendAsync("DELETE", path)).Status);
            Assert.Equal(200, (await corp.SendAsync("GET", path)).Status);
        }

        Assert.Equal(theirs, Assert.Single(await other.FindAsync("/Users"))!["id"]!.GetValue<string>());
        Assert.Equal(own, Assert.Single(await other.FindAsync("/Groups"))!["id"]!.GetValue<string>());
        Assert.Empty(await other.FindAsync("/Groups?filter=" + Uri.EscapeDataString($"members[value eq \"{kim}\"]")));
        Assert.Equal(400, (await other.PatchAsync($"/Groups/{own}", $$"""{"op":"add","path":"members","value":[{"value":"{{kim}}"}]}""")).Status);
        Assert.Equal(200, (await other.PatchAsync($"/Groups/{own}", $$"""{"op":"add","path":"members","value":[{"value":"{{theirs}}"}]}""")).Status);

        await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"pat"}""");
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/people/pat/directory", writ.Person, """{"user_name":"pat"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/people/pat/directory", writ.Person, """{"user_name":"pat","directory":"third"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/people/pat/directory", writ.Person, """{"user_name":"pat","directory":"other"}""")).Status);
        Assert.Equal((404, 200), ((await corp.SendAsync("GET", "/Users/pat")).Status, (await other.SendAsync("GET", "/Users/pat")).Status));

        var renewed = await ScimSession.StartAsync(writ);
        Assert.Equal(200, (await renewed.PatchAsync($"/Groups/{group}", Rename)).Status);
        Assert.Equal(204, (await renewed.SendAsync("DELETE", $"/Users/{kim}")).Status);
    }

    [Fact]
    public async Task The_last_administrator_is_no_directorys_to_send_away()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        await writ.SendAsync("POST", "/v1/people/administrator/directory", writ.Person, """{"user_name":"admin"}""");
        Assert.Equal(409, (await scim.PatchAsync("/Users/administrator", """{"op":"replace","path":"active","value":false}""")).Status);
        Assert.Equal(409, (await scim.SendAsync("DELETE", "/Users/administrator")).Status);
        Assert.Equal(200, (await writ.SendAsync("GET", "/v1/people", writ.Person)).Status);
    }

    [Fact]
    public async Task A_directorys_token_is_issued_by_security_alone_bounded_and_dead_once_revoked()
    {
        await using var writ = await RunningServer.StartAsync();
        var (_, kim, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"kim","capabilities":["platform"]}""");
        var (_, limited, _) = await writ.SendAsync("POST", "/v1/people/administrator/tokens", writ.Person, """{"label":"ci","capabilities":["security"]}""");
        Assert.Equal(403, (await writ.SendAsync("POST", "/v1/directories", kim!["token"]!.GetValue<string>(), """{"label":"corp"}""")).Status);
        Assert.Equal(403, (await writ.SendAsync("POST", "/v1/directories", limited!["token"]!.GetValue<string>(), """{"label":"corp"}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/directories", writ.Person, """{"label":"corp","days":367}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/directories", writ.Person, """{"label":"corp","provider":"x"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/directories", writ.Person, """{"label":"corp","provider":"x","subject":"external_id"}""")).Status);
        var scim = await ScimSession.StartAsync(writ);
        Assert.Equal(200, (await scim.SendAsync("GET", "/Users")).Status);
        var (_, list, response) = await writ.SendAsync("GET", "/v1/directories", writ.Person);
        var known = Assert.Single(list!["directories"]!.AsArray())!;
        Assert.DoesNotContain(scim.Token, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotNull(known["last_used_at"]);
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/directories/{known["id"]}/revoke", writ.Person, """{"reason":"rotated"}""")).Status);
        Assert.Equal(401, (await scim.SendAsync("GET", "/Users")).Status);
    }

    [Fact]
    public async Task Nothing_that_a_directory_says_of_people_stands_in_a_record_and_an_erasure_forgets_it()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("writ-scim-").FullName;
        try
        {
            string id;
            await using (var writ = await RunningServer.StartAsync(folder, null))
            {
                var scim = await ScimSession.StartAsync(writ);
                id = await scim.UserAsync("zoe.secret@corp.example", ""","externalId":"ext-secret","name":{"familyName":"Secretson"},"emails":[{"value":"secret@x.example"}]""");
            }

            var records = await ControlRecords.ReadAsync(folder);
            Assert.All(records, record => Assert.DoesNotContain("secret", record.ToJsonString().Replace("secret_hash", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            var by = records[^1]["by"]!;
            Assert.Equal(("directory", null), (by["presence"]!.GetValue<string>(), by["person"]?.GetValue<string>()));

            await using (var writ = await RunningServer.StartAsync(folder, null))
            {
                var scim = await ScimSession.StartAsync(writ);
                Assert.Equal("zoe.secret@corp.example", (await scim.SendAsync("GET", $"/Users/{id}")).Body!["userName"]!.GetValue<string>());
                var (status, asked, _) = await writ.SendAsync("POST", "/v1/erasures", writ.Person, $$"""{"subject":"person/{{id}}","reason":"asked for"}""");
                Assert.Equal(202, status);
                Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/erasures/{asked!["erasure"]!["id"]}/confirm", writ.Person)).Status);
                var (_, left, _) = await scim.SendAsync("GET", $"/Users/{id}");
                Assert.Equal((id, null, null), (left!["userName"]!.GetValue<string>(), left["emails"], left["name"]));
                Assert.Empty(await scim.FindAsync("/Users?filter=" + Uri.EscapeDataString("userName co \"secret\"")));
            }
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
