using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Writ.Crypto.Hashing;
using Writ.Ledger.Witnessing;
using Writ.Server.Installation;

namespace Writ.Server.Witnessing;

/// <summary>
/// A witness as a server of its own (C2SP tlog-witness): <c>POST /add-checkpoint</c>, <c>GET /{origin hash}/checkpoint</c>,
/// <c>GET /healthz</c>, and nothing else. It authenticates nobody: a checkpoint carries its log's signature. Disposing it drains requests.
/// </summary>
public sealed class WitnessServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Unwinding _running;

    private WitnessServer(WebApplication application, Unwinding running, LogWitness witness) =>
        (_application, _running, VerifierKey) = (application, running, witness.Identity.ToString());

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The key of its cosignatures, for policies.</summary>
    public string VerifierKey { get; }

    /// <summary>Opens its folder and starts to serve; refused, it leaves nothing open.</summary>
    public static async Task<(WitnessServer? Server, InstallationFault? Fault)> StartAsync(WitnessOptions options, TimeProvider time, CancellationToken cancellation)
    {
        await using var begun = new Unwinding();
        if (WitnessFolder.Open(options, time, begun, out var fault) is not { } witness)
            return (null, fault);
        var application = Build(options, witness);
        begun.Add((IAsyncDisposable)application);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            return (null, new InstallationFault("WRIT9206", $"cannot listen on {options.Listen}: {problem.Message.TrimEnd('.')}. Stop what listens there, or choose another address with --listen."));
        }

        return (new WitnessServer(application, begun.HandOver(), witness), null);
    }

    /// <summary>Completes when the process is asked to end or the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await using var running = _running;
        await _application.StopAsync();
    }

    private static WebApplication Build(WitnessOptions options, LogWitness witness)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "writ witness" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpointRequest.MaxLength;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxConcurrentConnections = 1_000;
            kestrel.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        var application = builder.Build();
        application.UseRouting();
        application.MapPost("/add-checkpoint", http => AddAsync(http, witness));
        application.MapGet("/{hash:length(64)}/checkpoint", http => LatestAsync(http, witness));
        application.MapGet("/healthz", http => AnswerAsync(http, 200, "ok\n"u8.ToArray()));
        return application;
    }

    private static async Task AddAsync(HttpContext http, LogWitness witness)
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException tooLong)
        {
            await AnswerAsync(http, tooLong.StatusCode, default);
            return;
        }

        await (witness.AddCheckpoint(body.ToArray()) switch
        {
            WitnessAnswer.Cosigned cosigned => AnswerAsync(http, 200, cosigned.Lines),
            WitnessAnswer.Behind behind => AnswerAsync(http, 409, Text(behind.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)), "text/x.tlog.size"),
            WitnessAnswer.Malformed malformed => AnswerAsync(http, 400, Text(malformed.Why)),
            WitnessAnswer.Unsigned => AnswerAsync(http, 403, Text("no trusted signature of the log, or a wrong one")),
            WitnessAnswer.UnknownLog => AnswerAsync(http, 404, Text("this log is not known here")),
            WitnessAnswer.Inconsistent inconsistent => AnswerAsync(http, 422, Text(inconsistent.Why)),
            WitnessAnswer.NotKept => AnswerAsync(http, 503, Text("the checkpoint could not be kept, and is not cosigned")),
            _ => throw new InvalidOperationException("unknown answer"),
        });
    }

    private static Task LatestAsync(HttpContext http, LogWitness witness)
    {
        var hash = (string)http.Request.RouteValues["hash"]!;
        return Hash256.TryParseHex(hash, out var origin) && origin.ToHex() == hash && witness.Latest(origin) is { } note
            ? AnswerAsync(http, 200, note)
            : AnswerAsync(http, 404, default);
    }

    private static async Task AnswerAsync(HttpContext http, int status, ReadOnlyMemory<byte> body, string type = "text/plain; charset=utf-8")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] Text(string line) => System.Text.Encoding.UTF8.GetBytes(line + "\n");
}
