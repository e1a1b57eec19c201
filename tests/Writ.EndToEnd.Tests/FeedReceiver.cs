using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Writ.EndToEnd.Tests;

/// <summary>A receiver of webhooks on a free port of this machine that answers as a test says.</summary>
internal sealed class FeedReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Channel<JsonObject> _events = Channel.CreateUnbounded<JsonObject>();

    private readonly Channel<int> _refused = Channel.CreateUnbounded<int>();

    private FeedReceiver(WebApplication application) => _application = application;

    /// <summary>What it answers; by default that it has taken what came.</summary>
    public int Status { get; set; } = 204;

    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    public static async Task<FeedReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new FeedReceiver(builder.Build());
        receiver._application.Run(receiver.TakeAsync);
        await receiver._application.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The next event that was taken.</summary>
    public async Task<JsonObject> NextAsync() => await _events.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until it refused something once more.</summary>
    public async Task RefusedAsync() => await _refused.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Everything that was taken and not looked at yet.</summary>
    public IEnumerable<JsonObject> Rest()
    {
        while (_events.Reader.TryRead(out var next))
            yield return next;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var events = JsonNode.Parse(await reader.ReadToEndAsync(http.RequestAborted))!.AsArray();
        http.Response.StatusCode = Status;
        if (http.Response.StatusCode is < 200 or > 299)
        {
            await _refused.Writer.WriteAsync(http.Response.StatusCode);
            return;
        }

        foreach (var one in events)
            await _events.Writer.WriteAsync(one!.AsObject());
    }
}
