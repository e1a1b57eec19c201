using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging;
using Writ.Gateways.Credentials;
using Writ.Governance.Auditing;
using Writ.Governance.Registry;
using Writ.Server.Api;
using Writ.Server.Archiving;
using Writ.Server.Configuration;
using Writ.Server.Feeds;
using Writ.Server.Installation;
using Writ.Server.Login;
using Writ.Server.OAuth;
using Writ.Server.Scrubbing;
using Writ.Server.Telemetry;
using Writ.Server.Tls;
using Writ.Server.Witnessing;

namespace Writ.Server;

/// <summary>A running Writ: one process, one port. Disposing it drains requests, settles what can be settled, and closes the ledgers.</summary>
public sealed class WritServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Unwinding _running;

    private WritServer(WebApplication application, Unwinding running) => (_application, _running) = (application, running);

    /// <summary>Where it listens.</summary>
    public Uri Address => AddressOf(_application);

    /// <summary>Where a first passkey is enrolled, while the token of the first start still waits to be used; else null.</summary>
    public Uri? FirstEnrolment { get; private init; }

    /// <summary>Every route that is served, for the test that each has a rule.</summary>
    internal IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_application).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    /// <summary>
    /// Opens the installation and starts to serve, in this order: keys, ledgers, state, settlement, doors. Refused or thrown out of, it
    /// leaves nothing open and nothing locked.
    /// </summary>
    public static async Task<ServerStart> StartAsync(ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var (installation, fault) = await OpenInstallation.OpenAsync(options, time, cancellation);
        if (installation is null)
            return new ServerStart.Refused(fault!.Code, fault.Message);

        // What is begun is ended in the opposite order, whatever ends it.
        await using var begun = new Unwinding();
        begun.Add(installation);
        var (tls, tlsFault) = ServerTls.Open(options.Tls, installation.Services.Svids);
        if (tlsFault is not null)
            return new ServerStart.Refused(tlsFault.Code, tlsFault.Message);
        if (tls is not null)
            begun.Add(tls);
        var mcp = new McpParts(options, installation.Services, time);
        begun.Add(mcp);
        var (witnesses, witnessFault) = WitnessParts.Open(options, installation, installation.SigningKey, time);
        if (witnesses is null)
            return new ServerStart.Refused(witnessFault!.Code, witnessFault.Message);
        begun.Add(witnesses);
        var archive = new ArchiveParts(options, installation, time);
        begun.Add(archive);
        if (archive.Archivers is [_, var decisions])
            installation.Services.ArchivedSegments = () => decisions.State.ArchivedRecords;
        var indexes = new RecordIndexes(installation.Decisions, installation.LogDomain, options.DataFolder, time);
        begun.Add(indexes);
        var feeds = new FeedHost(
            installation.Services.Registry, new FollowedLedgers(installation.Control, installation.Decisions, installation.LogDomain), indexes, installation.Services.Resources, installation.Services.FeedSecrets, installation.Keys.FeedCursorKey, options.DataFolder, time);
        begun.Add(feeds);
        var (export, exportFault) = TelemetryExport.Open(options, installation, Environment.GetEnvironmentVariable);
        if (export is null)
            return new ServerStart.Refused(exportFault!.Code, exportFault.Message);
        begun.Add(export);
        var login = new LoginParts(installation.Services);
        begun.Add(login);
        var application = Build(options, installation, mcp, witnesses, archive, indexes, feeds, export, login, tls, time);
        begun.Add((IAsyncDisposable)application);
        installation.Services.Address = () => options.PublicUrl ?? AddressOf(application);
        await export.StartAsync(application.Services.GetRequiredService<ILogger<TelemetryExport>>(), time);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            return new ServerStart.Refused("WRIT9206", $"cannot listen on {options.Listen}: {problem.Message.TrimEnd('.')}. Stop what listens there, or choose another address with --listen.");
        }

        StartLog.Began(application.Services.GetRequiredService<ILogger<WritServer>>(), installation.Services.Folds);
        StartLog.Opened(application.Services.GetRequiredService<ILogger<WritServer>>(), installation.RefusedHashes);
        archive.Start(application.Services.GetRequiredService<ILogger<ArchiveParts>>(), time);
        witnesses.Start(application.Services.GetRequiredService<ILogger<WitnessParts>>(), time);
        feeds.Start(application.Services.GetRequiredService<ILogger<FeedHost>>());
        begun.Add(new Housekeeping(
            installation.Services, new Heartbeat(installation, installation.LogDomain, options.Ledger.HeartbeatInterval, time),
            new GrantStaging(installation.Services.Controls, installation.Services.Registry, indexes.Of, installation.Services.Clock.Steady), application.Services.GetRequiredService<ILogger<Housekeeping>>(), time));
        var enrolment = installation.Services.Registry.Current.Organizations[OpenInstallation.Default].WaitsForFirstPasskey(time.GetUtcNow())
            ? EnrolmentLink.To(AddressOf(application), "")
            : null;
        return new ServerStart.Started(new WritServer(application, begun.HandOver()) { FirstEnrolment = enrolment });
    }

    /// <summary>Completes when the process is asked to end (SIGTERM, Ctrl-C) or the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await using var running = _running;
        await _application.StopAsync();
    }

    private static Uri AddressOf(WebApplication application) =>
        new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static WebApplication Build(
        ServerOptions options, OpenInstallation installation, McpParts mcp, WitnessParts witnesses, ArchiveParts archive, RecordIndexes indexes, FeedHost feeds, TelemetryExport export,
        LoginParts login, ServerTls? tls, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "writ" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.Default;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Listen(options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (tls is not null)
                    listen.UseHttps(tls.Options());
            });
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(options.LogLevel).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        }).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a failed start is answered, not logged
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(services => new ScrubParts(options, installation, services.GetRequiredService<ILogger<ScrubParts>>(), time));
        builder.Services.Configure<JsonOptions>(json => BodyJson.Configure(json.SerializerOptions));

        var application = builder.Build();
        application.UseMiddleware<FaultAnswers>();
        application.UseMiddleware<WebPageGuard>((Func<string, bool>)(host => tls?.Names(host) == true || host.Equals(options.PublicUrl?.Host, StringComparison.OrdinalIgnoreCase)));
        application.UseRouting();
        application.UseMiddleware<DpopChallenge>(installation.Services.Nonces);
        application.UseMiddleware<SignatureCheck>(installation.Services.Signatures, installation.Services.Admission);
        application.UseMiddleware<CallerCheck>(installation.Services.Authenticator, installation.Services.Admission, login.Presence);
        Routes.Map(
            application, options, installation, mcp, witnesses, application.Services.GetRequiredService<ScrubParts>(), archive, indexes, feeds, export, login, () => options.PublicUrl ?? AddressOf(application), time);
        return application;
    }
}
