using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Writ.Server.Tests.OpenId;

/// <summary>A browser on its way to a provider and back, which follows nothing by itself.</summary>
internal sealed class OpenIdVisit : IDisposable
{
    private readonly RunningServer _writ;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    public OpenIdVisit(RunningServer writ) => _writ = writ;

    public string? Binding { get; set; }

    public string? Session { get; private set; }

    public string State { get; private set; } = "";

    public string Nonce { get; private set; } = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task RegisterAsync(RunningServer writ, StubProvider provider, string name = "stub", string address = "127.0.0.1")
    {
        var body = new JsonObject { ["name"] = name, ["issuer"] = provider.Issuer, ["client_id"] = "writ", ["allowed_addresses"] = new JsonArray(address) };
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/openid-providers", writ.Person, body.ToJsonString())).Status);
    }

    public static async Task LinkAsync(RunningServer writ, string subject = "alice", string name = "stub") =>
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/people/administrator/links", writ.Person, new JsonObject { ["provider"] = name, ["subject"] = subject }.ToJsonString())).Status);

    /// <summary>Sets out; what the provider was asked is known then.</summary>
    public async Task<Uri> BeginAsync(StubProvider provider, string name = "stub")
    {
        using var response = await SendAsync($"/o/default/login/{name}");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var address = response.Headers.Location!;
        if (!address.IsAbsoluteUri)
            return address;
        var query = QueryHelpers.ParseQuery(address.Query);
        (State, Nonce, provider.Challenge) = (query["state"].ToString(), query["nonce"].ToString(), query["code_challenge"].ToString());
        Binding = Cookie(response, "__Host-writ-openid");
        return address;
    }

    /// <summary>Comes back; where Writ sends it on to.</summary>
    public async Task<string> ReturnAsync(string? iss, string? state = null, string code = "c1", string name = "stub", string more = "")
    {
        var query = new Dictionary<string, string?> { ["state"] = state ?? State, ["code"] = code };
        if (iss is not null)
            query["iss"] = iss;
        using var response = await SendAsync(QueryHelpers.AddQueryString($"/o/default/login/{name}/callback", query) + more);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Session = Cookie(response, "__Host-writ");
        return response.Headers.Location!.ToString();
    }

    public async Task<HttpStatusCode> LogOutAsync(string token)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", token)]);
        using var response = await _http.PostAsync(new Uri(_writ.Server.Address, "/o/default/login/stub/logout"), form, Stop);
        return response.StatusCode;
    }

    public async Task<bool> IsInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_writ.Server.Address, "/v1/login"));
        request.Headers.Add("Cookie", $"__Host-writ={Session}");
        using var response = await _http.SendAsync(request, Stop);
        return response.IsSuccessStatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_writ.Server.Address, path));
        request.Headers.Host = $"localhost:{_writ.Server.Address.Port}";
        if (Binding is not null)
            request.Headers.Add("Cookie", $"__Host-writ-openid={Binding}");
        return await _http.SendAsync(request, Stop);
    }

    private static string? Cookie(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Select(c => c.Split(';')[0].Split('=', 2)).FirstOrDefault(c => c[0] == name && c[1].Length > 0)?[1]
            : null;
}
