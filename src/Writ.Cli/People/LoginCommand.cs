using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.People;

/// <summary><c>writ login</c>: keeps a token of yours for the commands that follow.</summary>
internal static class LoginCommand
{
    public static Command Create(Session session)
    {
        var connection = new ConnectionFlags();
        var command = new Verb(
            "login", "Keep a token of yours, which is read from standard input, for the commands that follow. Make one at /tokens in a browser.", "writ login < token.txt");
        connection.AddServerTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (session.OutputIsTerminal)
                screen.Note("Paste your token and press Enter:");
            var text = (await session.Input.ReadLineAsync(cancellation))?.Trim() ?? "";
            switch (connection.OpenWith(text, parse, session.Environment))
            {
                case ConnectionOpening.Opened opened:
                    using (opened.Client)
                        return await KeepAsync(new ApiCall(parse, screen, opened.Client), text, session.Environment, cancellation);
                case ConnectionOpening.Refused refused:
                    return screen.Fail(refused.Trouble);
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }

    private static async Task<ExitCode> KeepAsync(ApiCall call, string token, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var answer = await call.Api.GetAsync("/v1/login", ApiJson.Default.LoginView, cancellation);
        if (answer is not ApiResult<LoginView>.Ok { Value: var me })
            return call.Show(answer, _ => { });
        if (LoginFile.Keep(token, call.Api.Server, environment, out var path) is { } trouble)
            return call.Screen.Fail(trouble);
        call.Screen.Document(new JsonObject { ["organization"] = me.Organization, ["person"] = me.Person, ["token_file"] = path });
        call.Screen.Line($"You are {InertText.Of(me.Person)} of {InertText.Of(me.Organization)}.", Look.Strong);
        call.Screen.Facts([("token", $"kept in {path}")]);
        return ExitCode.Done;
    }
}
