using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Writ.Cli.Tests;

/// <summary>Answers what a test says a Writ server would answer, and remembers what it was asked.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, (int Status, string Body)> _answers = new();

    private StubServer(WebApplication application) => _application = application;

    public ConcurrentQueue<(string Request, JsonNode? Body, string Authorization)> Asked { get; } = new();

    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<StubServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var stub = new StubServer(application);
        application.Run(stub.AnswerAsync);
        await application.StartAsync();
        return stub;
    }

    /// <summary>From now on this request, such as <c>GET /v1/agents</c>, gets that answer.</summary>
    public StubServer On(string request, string body, int status = 200)
    {
        _answers[request] = (status, body);
        return this;
    }

    public StubServer OnProblem(string request, int status, string code, string detail) =>
        On(request, new JsonObject { ["title"] = "It did not work", ["status"] = status, ["detail"] = detail, ["code"] = code }.ToJsonString(), status);

    public Task<CliRun> RunAsync(params string[] arguments) => CliRun.OfAsync(arguments, new() { ["WRIT_URL"] = Url });

    public Task<CliRun> RunWithInputAsync(string input, params string[] arguments) => CliRun.OfAsync(arguments, new() { ["WRIT_URL"] = Url }, input);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        var request = $"{http.Request.Method} {http.Request.Path}";
        Asked.Enqueue((request, text.Length == 0 ? null : http.Request.ContentType == "application/jsonl" ? JsonValue.Create(text) : JsonNode.Parse(text), http.Request.Headers.Authorization.ToString()));
        var (status, body) = _answers.TryGetValue(request, out var answer) ? answer : (404, """{"title":"There is no such thing","code":"WRIT9104"}""");
        http.Response.StatusCode = status;
        if (status is >= 300 and < 400)
            http.Response.Headers.Location = body;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body, http.RequestAborted);
    }
}
