using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Writ.Governance.Records;
using Writ.Server.Api;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server;

/// <summary>A running Writ: one process, one port. Disposing it drains requests, settles what can be settled, and closes the ledgers.</summary>
public sealed class WritServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly OpenInstallation _installation;
    private readonly Housekeeping _housekeeping;
    private readonly McpParts _mcp;

    private WritServer(WebApplication application, OpenInstallation installation, Housekeeping housekeeping, McpParts mcp)
    {
        (_application, _installation, _housekeeping, _mcp) = (application, installation, housekeeping, mcp);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Opens the installation and starts to serve, in this order: keys, ledgers, state, settlement, doors.</summary>
    public static async Task<ServerStart> StartAsync(ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var (installation, fault) = await OpenInstallation.OpenAsync(options, time, cancellation);
        if (installation is null)
            return new ServerStart.Refused(fault!.Code, fault.Message);

        var mcp = new McpParts(options, installation.Services, time);
        var application = Build(options, installation, mcp, time);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException problem)
        {
            await application.DisposeAsync();
            await mcp.DisposeAsync();
            await installation.DisposeAsync();
            return new ServerStart.Refused("WRIT9206", $"cannot listen on {options.Listen}: {problem.Message} Stop what listens there, or choose another address with --listen.");
        }

        return new ServerStart.Started(new WritServer(application, installation, new Housekeeping(installation.Services, time), mcp));
    }

    /// <summary>Completes when the process is asked to end (SIGTERM, Ctrl-C) or the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _mcp.DisposeAsync();
        await _housekeeping.DisposeAsync();
        await _installation.DisposeAsync();
    }

    private static WebApplication Build(ServerOptions options, OpenInstallation installation, McpParts mcp, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "writ" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Listen(options.Listen);
        });
        builder.Logging.SetMinimumLevel(options.LogLevel).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        }).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<JsonOptions>(json =>
        {
            // The framework reads bodies under its own options; make those the strict ones.
            var strict = StrictJson.Options;
            json.SerializerOptions.PropertyNamingPolicy = strict.PropertyNamingPolicy;
            json.SerializerOptions.PropertyNameCaseInsensitive = strict.PropertyNameCaseInsensitive;
            json.SerializerOptions.NumberHandling = strict.NumberHandling;
            json.SerializerOptions.UnmappedMemberHandling = strict.UnmappedMemberHandling;
            json.SerializerOptions.AllowDuplicateProperties = strict.AllowDuplicateProperties;
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = strict.AllowOutOfOrderMetadataProperties;
            json.SerializerOptions.RespectNullableAnnotations = strict.RespectNullableAnnotations;
            json.SerializerOptions.RespectRequiredConstructorParameters = strict.RespectRequiredConstructorParameters;
            json.SerializerOptions.TypeInfoResolver = strict.TypeInfoResolver;
        });

        var application = builder.Build();
        application.UseMiddleware<FaultAnswers>();
        application.UseRouting();
        Routes.Map(application, options, installation, mcp, time);
        return application;
    }
}
