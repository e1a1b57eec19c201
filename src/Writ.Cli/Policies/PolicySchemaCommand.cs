using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cedar.Json;
using Writ.Cedar.Schemas;
using Writ.Cli.Api;
using Writ.Cli.Terminal;
using Writ.Governance.Policies.Typing;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy schema</c>: the vocabulary of policies as a Cedar schema. Needs no server, and may ask one.</summary>
internal static class PolicySchemaCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string?>("folder") { Description = "A bundle: the tools of its first tests/*.yaml are part of the schema.", Arity = ArgumentArity.ZeroOrOne };
        var online = new Option<bool>("--online") { Description = "Ask a running server, whose tools are then part of it." };
        var command = new Verb("schema", "Show what policies are checked against, as a Cedar schema; with --json in Cedar's JSON form.",
            "writ policy schema",
            "writ policy schema samples/policies/payments",
            "writ policy schema --online > writ.cedarschema")
        {
            folder, online,
        };
        var connection = new ConnectionFlags();
        connection.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (parse.GetValue(online))
            {
                switch (connection.Open(parse, session.Environment))
                {
                    case ConnectionOpening.Refused refused:
                        return screen.Fail(refused.Trouble);
                    case ConnectionOpening.Opened opened:
                        using (opened.Client)
                            return await AskAsync(screen, opened.Client, cancellation);
                }
            }

            if (parse.GetValue(folder) is not { } path)
                return Show(screen, PolicyVocabulary.TextOf(null));
            if (!Directory.Exists(path))
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{path} is no folder"));
            var (state, trouble) = PolicyLintCommand.Beside(path, session.Time);
            return trouble is null ? Show(screen, PolicyVocabulary.TextOf(state)) : screen.Fail(trouble);
        });
        return command;
    }

    private static async Task<ExitCode> AskAsync(Screen screen, ApiClient api, CancellationToken cancellation) =>
        await api.GetAsync("/v1/schema", ApiJson.Default.SchemaView, cancellation) switch
        {
            ApiResult<SchemaView>.Ok ok => Show(screen, ok.Value.Cedar),
            ApiResult<SchemaView>.Failed failed => screen.Fail(failed.Trouble),
            _ => throw new InvalidOperationException(),
        };

    private static ExitCode Show(Screen screen, string text)
    {
        if (!SchemaDocument.Parse(text).TryGet(out var schema, out var problems))
            return screen.Fail(new Trouble(ExitCode.Failed, $"the server's schema cannot be read: {problems[0]}"));
        screen.Document(JsonNode.Parse(SchemaJson.Write(schema))!);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            screen.Line(InertText.Of(line));
        return ExitCode.Done;
    }
}
