using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Scim;

/// <summary>A directory that was let into a running Writ.</summary>
internal sealed class ScimSession(RunningServer writ, string token)
{
    public const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    public static async Task<ScimSession> StartAsync(RunningServer writ, string more = "", string label = "corp")
    {
        var (status, body, _) = await writ.SendAsync("POST", "/v1/directories", writ.Person, $$"""{"label":"{{label}}"{{more}}}""");
        Assert.Equal(201, status);
        return new ScimSession(writ, body!["token"]!.GetValue<string>());
    }

    public string Token => token;

    public Task<(int Status, JsonObject? Body, HttpResponseMessage Response)> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        writ.SendAsync(method, "/scim/v2" + path, token, body, "application/scim+json", headers);

    public Task<(int Status, JsonObject? Body, HttpResponseMessage Response)> PatchAsync(string path, string operations) =>
        SendAsync("PATCH", path, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""");

    public async Task<string> UserAsync(string userName, string more = "")
    {
        var (status, body, _) = await SendAsync("POST", "/Users", $$"""{"schemas":["{{UserSchema}}"],"userName":"{{userName}}"{{more}}}""");
        Assert.Equal(201, status);
        return body!["id"]!.GetValue<string>();
    }

    public async Task<string> GroupAsync(string name, params string[] members)
    {
        var (status, body, _) = await SendAsync("POST", "/Groups", $$"""{"schemas":["{{GroupSchema}}"],"displayName":"{{name}}","members":[{{string.Join(',', members.Select(id => $$"""{"value":"{{id}}"}"""))}}]}""");
        Assert.Equal(201, status);
        return body!["id"]!.GetValue<string>();
    }

    public async Task<JsonArray> FindAsync(string path)
    {
        var (status, body, _) = await SendAsync("GET", path);
        Assert.Equal(200, status);
        return body!["Resources"]!.AsArray();
    }
}
