namespace Writ.Server.Tests.Scim;

public sealed class ScimGroupsApiTests
{
    [Fact]
    public async Task A_group_is_nothing_to_Writ_until_people_say_that_a_team_has_its_members()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var (kim, lee) = (await scim.UserAsync("kim"), await scim.UserAsync("lee"));
        await writ.SendAsync("POST", "/v1/teams", writ.Person, """{"name":"payments","members":["administrator"]}""");
        var group = await scim.GroupAsync("payments", kim);
        Assert.Equal(["administrator"], await MembersAsync(writ));
        Assert.Equal(409, (await scim.SendAsync("POST", "/Groups", $$"""{"schemas":["{{ScimSession.GroupSchema}}"],"displayName":"PAYMENTS"}""")).Status);
        Assert.Equal(400, (await scim.PatchAsync($"/Groups/{group}", """{"op":"add","path":"members","value":[{"value":"administrator"}]}""")).Status);

        // Solo: one person stands for two.
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/teams/payments/directory", writ.Person, $$"""{"group":"{{group}}"}""")).Status);
        Assert.Equal([kim], await MembersAsync(writ));
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/teams/payments/join", writ.Person, """{"person":"administrator"}""")).Status);
        Assert.Equal(200, (await scim.PatchAsync($"/Groups/{group}", $$"""{"op":"Add","path":"members","value":[{"value":"{{lee}}"}]}""")).Status);
        Assert.Equal(new[] { kim, lee }.Order(StringComparer.Ordinal), await MembersAsync(writ));

        // Out of the team by a person stays out; inactive is in no team, and active again is where the directory has them.
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/teams/payments/leave", writ.Person, $$"""{"person":"{{kim}}"}""")).Status);
        Assert.Equal([lee], await MembersAsync(writ));
        await scim.PatchAsync($"/Users/{lee}", """{"op":"replace","path":"active","value":false}""");
        Assert.Empty(await MembersAsync(writ));
        await scim.PatchAsync($"/Users/{lee}", """{"op":"replace","path":"active","value":true}""");
        Assert.Equal([lee], await MembersAsync(writ));

        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/teams/payments/directory/release", writ.Person, """{"reason":"by hand"}""")).Status);
        Assert.Equal(200, (await scim.PatchAsync($"/Groups/{group}", """{"op":"remove","path":"members"}""")).Status);
        Assert.Equal([lee], await MembersAsync(writ));
        await writ.SendAsync("POST", "/v1/teams/payments/directory", writ.Person, $$"""{"group":"{{group}}"}""");
        await scim.PatchAsync($"/Groups/{group}", $$"""{"op":"add","path":"members","value":[{"value":"{{kim}}"}]}""");
        Assert.Equal([kim], await MembersAsync(writ));
        Assert.Equal(204, (await scim.SendAsync("DELETE", $"/Groups/{group}")).Status);
        Assert.Empty(await MembersAsync(writ));
    }

    [Fact]
    public async Task Two_people_say_that_a_directory_keeps_a_team_and_neither_confirms_their_own()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var group = await scim.GroupAsync("payments");
        await writ.SendAsync("POST", "/v1/teams", writ.Person, """{"name":"payments"}""");
        var (_, sam, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"sam","capabilities":["security"]}""");
        var body = $$"""{"group":"{{group}}"}""";
        Assert.Equal(202, (await writ.SendAsync("POST", "/v1/teams/payments/directory", writ.Person, body)).Status);
        var (status, refused, _) = await writ.SendAsync("POST", "/v1/teams/payments/directory", writ.Person, body);
        Assert.Equal((409, "proposer"), (status, refused!["conflict"]!.GetValue<string>()));
        (status, refused, _) = await writ.SendAsync("POST", "/v1/teams/payments/directory", sam!["token"]!.GetValue<string>(), body);
        Assert.Equal((409, "too_close"), (status, refused!["conflict"]!.GetValue<string>()));
        await scim.PatchAsync($"/Groups/{group}", $$"""{"op":"add","path":"members","value":[{"value":"{{await scim.UserAsync("kim")}}"}]}""");
        Assert.Empty(await MembersAsync(writ));
    }

    [Fact]
    public async Task Groups_are_read_changed_and_left_out_of_answers_as_directories_ask()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var kim = await scim.UserAsync("kim");
        var group = await scim.GroupAsync("Tour Guides", kim);
        Assert.Null((await scim.SendAsync("GET", $"/Groups/{group}?excludedAttributes=members")).Body!["members"]);
        Assert.Equal(group, Assert.Single(await scim.FindAsync("/Groups?filter=" + Uri.EscapeDataString($"displayName eq \"tour guides\" and members[value eq \"{kim}\"]")))!["id"]!.GetValue<string>());
        Assert.Equal(group, (await scim.SendAsync("GET", $"/Users/{kim}")).Body!["groups"]![0]!["value"]!.GetValue<string>());
        var (_, put, _) = await scim.SendAsync("PUT", $"/Groups/{group}", $$"""{"schemas":["{{ScimSession.GroupSchema}}"],"displayName":"Guides","externalId":"x"}""");
        Assert.Equal(("Guides", "x", null), (put!["displayName"]!.GetValue<string>(), put["externalId"]!.GetValue<string>(), put["members"]));
        Assert.Equal(412, (await scim.SendAsync("DELETE", $"/Groups/{group}", null, ("If-Match", "W/\"0\""))).Status);
        Assert.Equal(400, (await scim.PatchAsync($"/Groups/{group}", """{"op":"replace","path":"displayName","value":null}""")).Status);
        Assert.Equal(404, (await scim.SendAsync("GET", "/Groups/payments")).Status);
    }

    [Fact]
    public async Task A_list_has_what_the_caller_wants_and_finds_what_it_does_not_show()
    {
        await using var writ = await RunningServer.StartAsync();
        var scim = await ScimSession.StartAsync(writ);
        var kim = await scim.UserAsync("kim");
        var (first, second) = (await scim.GroupAsync("one", kim), await scim.GroupAsync("two"));
        // By age, and by chance where both are of one millisecond.
        var at = string.CompareOrdinal(first, second) < 0 ? 1 : 2;
        var (_, page, _) = await scim.SendAsync("GET", $"/Groups?count=1&startIndex={at}");
        Assert.Equal((2, 1), (page!["totalResults"]!.GetValue<int>(), page["itemsPerPage"]!.GetValue<int>()));
        var whole = page["Resources"]![0]!;
        Assert.Equal((first, kim), (whole["id"]!.GetValue<string>(), whole["members"]![0]!["value"]!.GetValue<string>()));
        Assert.Equal((await scim.SendAsync("GET", $"/Groups/{first}")).Response.Headers.ETag!.ToString(), whole["meta"]!["version"]!.GetValue<string>());
        (_, page, _) = await scim.SendAsync("GET", $"/Groups?startIndex={3 - at}&count=1&filter=" + Uri.EscapeDataString("displayName pr"));
        Assert.Equal((2, second), (page!["totalResults"]!.GetValue<int>(), page["Resources"]![0]!["id"]!.GetValue<string>()));

        // Without the members there is no version of a group: it is of all of it.
        var found = Assert.Single(await scim.FindAsync("/Groups?excludedAttributes=members&filter=" + Uri.EscapeDataString($"members[value eq \"{kim}\"]")))!;
        Assert.Equal((first, null, null), (found["id"]!.GetValue<string>(), found["members"], found["meta"]!["version"]));
        Assert.NotNull((await scim.FindAsync("/Groups?attributes=meta"))[0]!["meta"]!["version"]);
        Assert.Equal(first, (await scim.FindAsync("/Users"))[0]!["groups"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(kim, Assert.Single(await scim.FindAsync("/Users?attributes=userName&filter=" + Uri.EscapeDataString($"groups.value eq \"{first}\"")))!["id"]!.GetValue<string>());
    }

    private static async Task<string[]> MembersAsync(RunningServer writ) =>
        [.. (await writ.SendAsync("GET", "/v1/teams", writ.Person)).Body!["teams"]!.AsArray().Single(team => team!["name"]!.GetValue<string>() == "payments")!["members"]!.AsArray().Select(name => name!.GetValue<string>())];
}
