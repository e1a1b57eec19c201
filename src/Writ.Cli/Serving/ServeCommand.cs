using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Server;

namespace Writ.Cli.Serving;

/// <summary><c>writ serve</c>: runs a server until it is asked to end.</summary>
internal static class ServeCommand
{
    public static Command Create(Session session)
    {
        var settings = new SettingFlags();
        var command = new Verb("serve", "Start a server and run it until Ctrl-C. The first start makes the folders, the keys and the administrator's token.",
            "writ serve",
            "writ serve --data /var/lib/writ --configuration /etc/writ --listen 127.0.0.1:7071 --set limits.upstream_timeout=30s");
        settings.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (settings.Load(parse, session.Environment, out var trouble) is not { } options)
                return screen.Fail(trouble!);
            switch (await WritServer.StartAsync(options, session.Time, cancellation))
            {
                case ServerStart.Refused refused:
                    return screen.Fail(new Trouble(ExitCode.Failed, refused.Message) { Code = refused.Code });
                case ServerStart.Started { Server: var server }:
                    await using (server)
                    {
                        var token = Path.Combine(options.ConfigurationFolder, "administrator.token");
                        screen.Document(new JsonObject
                        {
                            ["address"] = server.Address.ToString(),
                            ["data_folder"] = options.DataFolder,
                            ["configuration_folder"] = options.ConfigurationFolder,
                            ["token_file"] = token,
                            ["enrolment"] = server.FirstEnrolment?.ToString(),
                        });
                        screen.Line($"Writ serves at {server.Address}", Look.Strong);
                        screen.Facts(
                        [
                            ("data", options.DataFolder), ("configuration", options.ConfigurationFolder), ("administrator", $"the token is in {token}"),
                            .. server.FirstEnrolment is { } enrolment
                                ? new (string, string)[] { ("passkey", $"enrol the administrator's at {enrolment} with the token in {Path.Combine(options.ConfigurationFolder, "administrator.enrolment")}") }
                                : [],
                        ]);
                        screen.Note("Ctrl-C ends it.");
                        await server.WaitForShutdownAsync(cancellation);
                    }

                    return ExitCode.Done;
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }
}
