using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Login;

/// <summary>A person's browser, as far as the server can tell: it comes under the name localhost, states its origin and keeps a cookie.</summary>
internal sealed class Visitor(RunningServer writ)
{
    public string Origin { get; set; } = $"http://localhost:{writ.Server.Address.Port}";

    /// <summary>The session's cookie; null before a login.</summary>
    public string? Cookie { get; set; }

    /// <summary>Whether it is Writ's own page that sends.</summary>
    public bool OwnPage { get; set; } = true;

    public async Task<(int Status, JsonObject? Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, JsonNode? body = null, string? token = null, string? presence = null)
    {
        var headers = new List<(string, string)> { ("Host", $"localhost:{writ.Server.Address.Port}") };
        if (method != "GET")
            headers.Add(("Origin", Origin));
        if (OwnPage)
            headers.Add(("Writ-Page", "1"));
        if (Cookie is not null && token is null)
            headers.Add(("Cookie", $"__Host-writ={Cookie}"));
        if (presence is not null)
            headers.Add(("Writ-Presence", presence));
        var answer = await writ.SendAsync(method, path, token, method == "GET" ? null : (body ?? new JsonObject()).ToJsonString(), headers: [.. headers]);
        if (answer.Response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Single() is var set)
            Cookie = set.Split(';')[0].Split('=', 2)[1] is { Length: > 0 } value ? value : null;
        return answer;
    }

    public async Task<JsonObject> ExpectAsync(int status, string method, string path, JsonNode? body = null, string? token = null, string? presence = null)
    {
        var answer = await SendAsync(method, path, body, token, presence);
        Assert.True(answer.Status == status, $"{method} {path}: {answer.Status} {answer.Body?.ToJsonString()}");
        return answer.Body ?? [];
    }

    public async Task RefusedAsync(int status, string code, string method, string path, JsonNode? body = null, string? token = null, string? presence = null) =>
        Assert.Equal(code, (await ExpectAsync(status, method, path, body, token, presence))["code"]!.GetValue<string>());

    /// <summary>Enrols a passkey with a token, and is logged in.</summary>
    public async Task EnrolAsync(SoftPasskey passkey, string token, string label = "laptop")
    {
        var asked = await ExpectAsync(200, "POST", "/v1/enrolment/options", token: token);
        var body = new JsonObject { ["id"] = asked["id"]!.DeepClone(), ["credential"] = passkey.Make(asked["options"]!.AsObject(), Origin), ["label"] = label };
        await ExpectAsync(201, "POST", "/v1/enrolment", body, token);
    }

    /// <summary>What would log in: the options were asked for, and the passkey has signed.</summary>
    public async Task<JsonObject> SignLoginAsync(SoftPasskey passkey, string? origin = null, string? challenge = null, string type = "webauthn.get")
    {
        var asked = await ExpectAsync(200, "POST", "/v1/login/options");
        return new JsonObject { ["id"] = asked["id"]!.DeepClone(), ["credential"] = passkey.Sign(asked["options"]!.AsObject(), origin ?? Origin, challenge, type) };
    }

    public async Task LogInAsync(SoftPasskey passkey) => await ExpectAsync(200, "POST", "/v1/login", await SignLoginAsync(passkey));

    /// <summary>What the passkey signs for one request, for the header.</summary>
    public async Task<string> SignPresenceAsync(SoftPasskey passkey, string method, string path, JsonNode body, string? token = null)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())));
        var asked = await ExpectAsync(200, "POST", "/v1/presence", new JsonObject { ["method"] = method, ["target"] = path, ["body"] = digest }, token);
        var header = new JsonObject { ["id"] = asked["id"]!.DeepClone(), ["credential"] = passkey.Sign(asked["options"]!.AsObject(), Origin) };
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()));
    }

    /// <summary>The token with which the administrator enrols at the first start.</summary>
    public string FirstEnrolment => File.ReadAllText(Path.Combine(writ.Folder, "config", "administrator.enrolment")).Trim();
}
