namespace Writ.Gateways.Tests.Mcp;

public sealed class CurrentEraTests
{
    private const string Refund = """{"name":"refund","arguments":{"a":1}}""";
    private readonly StubGovernor _governor = new();

    [Fact]
    public async Task Discovery_states_both_eras_and_is_private()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, response) = await door.SendAsync(door.Current("server/discover"));
        var result = body.GetProperty("result");
        Assert.Equal(200, status);
        Assert.Equal("\"q\"", body.GetProperty("id").GetRawText());
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());
        Assert.Equal(["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"], result.GetProperty("supportedVersions").EnumerateArray().Select(v => v.GetString()!));
        Assert.Equal("writ", result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo").GetProperty("name").GetString());
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
    }

    [Fact]
    public async Task T56_the_list_holds_what_the_governor_offers_and_nothing_else()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (_, body, _) = await door.SendAsync(door.Current("tools/list"));
        var result = body.GetProperty("result");
        Assert.Equal(_governor.Tools[0].Definition.GetRawText(), Assert.Single(result.GetProperty("tools").EnumerateArray()).GetRawText());
        Assert.Equal(("private", 0), (result.GetProperty("cacheScope").GetString(), result.GetProperty("ttlMs").GetInt32()));
    }

    [Fact]
    public async Task At_the_joined_address_names_carry_their_server_and_lead_back_to_it()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (_, body, _) = await door.SendAsync(door.Current("tools/list", path: "/mcp"));
        Assert.Equal(["shop__refund", "notes__read"], body.GetProperty("result").GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!));

        await door.SendAsync(door.Current("tools/call", """{"name":"shop__refund"}""", "/mcp", name: "shop__refund"));

        Assert.Equal(("shop", "refund"), (_governor.Asked.Single().Server, _governor.Asked.Single().Tool));
        Assert.Equal("""{"name":"refund","arguments":{}}""", _governor.Shop.Calls.Single().Params.GetRawText());
        foreach (var nameless in (string[])["refund", "__refund", "shop__"])
            Assert.Equal(400, (await door.SendAsync(door.Current("tools/call", $$"""{"name":"{{nameless}}"}""", "/mcp", name: nameless))).Status);
    }

    [Fact]
    public async Task A_permitted_call_passes_as_it_was_written_and_its_result_with_its_unknown_fields()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Current("tools/call", """{"name":"refund","arguments":{"n":1.50,"x-new":{"k":1e2}}}""", name: "refund"));
        Assert.Equal(200, status);
        Assert.Equal("""{"resultType":"complete","content":[{"type":"text","text":"done"}],"x-unknown":[1e2,null]}""", body.GetProperty("result").GetRawText());
        Assert.Equal("""{"name":"refund","arguments":{"n":1.50,"x-new":{"k":1e2}}}""", _governor.Shop.Calls.Single().Params.GetRawText());
        Assert.Single(_governor.Settled);
    }

    [Theory]
    [InlineData("refund", "tools/list", "2026-07-28")]
    [InlineData("read", null, "2026-07-28")]
    [InlineData(null, null, "2026-07-28")]
    [InlineData("Refund", null, "2026-07-28")]
    [InlineData("=?base64?cmVhZA==?=", null, "2026-07-28")]
    [InlineData("=?base64?!?=", null, "2026-07-28")]
    [InlineData("refund", "TOOLS/CALL", "2026-07-28")]
    [InlineData("refund", null, "2025-11-25")]
    [InlineData("refund", null, null)]
    public async Task T55_a_header_that_says_something_else_than_the_body_refuses_the_call(string? name, string? method, string? version)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Current("tools/call", Refund, version: version, name: name, methodHeader: method));
        Assert.Equal((400, -32020), (status, body.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal("WRIT5103", McpDoorTests.Code(body));
        Assert.Empty(_governor.Asked);
    }

    [Fact]
    public async Task T55_a_header_sent_twice_agrees_with_nothing()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var request = door.Current("tools/call", Refund, name: "refund");
        request.Headers.TryAddWithoutValidation("Mcp-Name", "refund");
        Assert.Equal(400, (await door.SendAsync(request)).Status);
        Assert.Empty(_governor.Asked);
    }

    [Theory]
    [InlineData("""{"region":"eu"}""", "eu", true)]
    [InlineData("""{"region":"eu"}""", "=?base64?ZXU=?=", true)]
    [InlineData("""{"region":"eu"}""", "us", false)]
    [InlineData("""{"region":"eu"}""", null, false)]
    [InlineData("{}", null, true)]
    [InlineData("{}", "eu", false)]
    public async Task T55_a_mirrored_parameter_agrees_with_the_body_or_the_call_is_refused(string arguments, string? header, bool fine)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        (string, string)[] headers = header is null ? [] : [("Mcp-Param-Region", header)];
        var (status, body, _) = await door.SendAsync(door.Current("tools/call", $$"""{"name":"refund","arguments":{{arguments}}}""", name: "=?base64?cmVmdW5k?=", headers: headers));
        Assert.Equal(fine ? 200 : 400, status);
        Assert.Equal(fine, body.TryGetProperty("result", out _));
        Assert.Equal(fine ? 1 : 0, _governor.Asked.Count);
    }

    [Fact]
    public async Task A_version_nobody_speaks_is_answered_with_those_spoken()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var request = door.Request(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1900-01-01","io.modelcontextprotocol/clientCapabilities":{}}}}""",
            headers: [("MCP-Protocol-Version", "1900-01-01"), ("Mcp-Method", "tools/list")]);
        foreach (var sent in new[] { request, door.Request("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", headers: [("MCP-Protocol-Version", "1900-01-01")]) })
        {
            var (status, body, _) = await door.SendAsync(sent);
            var error = body.GetProperty("error");
            Assert.Equal((400, -32022), (status, error.GetProperty("code").GetInt32()));
            Assert.Equal("1900-01-01", error.GetProperty("data").GetProperty("requested").GetString());
            Assert.Equal("2026-07-28", error.GetProperty("data").GetProperty("supported")[0].GetString());
        }
    }

    [Theory]
    [InlineData("resources/read")]
    [InlineData("prompts/get")]
    [InlineData("ping")]
    [InlineData("tools/Call")]
    [InlineData("completion/complete")]
    public async Task What_is_not_offered_reaches_nobody(string method)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Current(method, """{"name":"refund","uri":"refund"}""", name: "refund"));
        Assert.Equal((404, -32601), (status, body.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Empty(_governor.Asked);
        Assert.Empty(_governor.Shop.Calls);
    }

    [Fact]
    public async Task A_request_without_its_capabilities_is_malformed()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Request(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""",
            headers: [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list")]));
        Assert.Equal((400, -32602), (status, body.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("""{"name":"refund","arguments":[]}""")]
    [InlineData("""{"name":"refund","task":{}}""")]
    [InlineData("""{"name":"refund","requestState":"x"}""")]
    [InlineData("""{"name":"refund","inputResponses":{}}""")]
    [InlineData("""{"name":"refund","dryRun":false}""")]
    [InlineData("""{"name":"refund","Arguments":{"amount":1}}""")]
    public async Task Parameters_that_would_change_what_a_call_means_are_not_passed_on_unread(string parameters)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Current("tools/call", parameters, name: "refund"));
        Assert.Equal((400, -32602), (status, body.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Empty(_governor.Asked);
    }
}
