using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary>Whom a command asks: the server of <see cref="ConnectionFlags"/>, or a data folder.</summary>
internal sealed class QuestionFlags
{
    private readonly ConnectionFlags _connection = new();

    private readonly Option<string?> _data = new("--data") { Description = "Ask a data folder instead of a server. It is verified first.", HelpName = "FOLDER" };

    private readonly Option<string?> _log = new("--log") { Description = "With --data: the log whose origin ends like this, where there are several.", HelpName = "ORIGIN" };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_log);
        _connection.AddTo(command);
    }

    public async Task<(IQuestions? Questions, Trouble? Trouble)> OpenAsync(ParseResult parse, Session session, CancellationToken cancellation)
    {
        if (parse.GetValue(_data) is { } folder)
            return await FolderQuestions.OpenAsync(folder, parse.GetValue(_log), cancellation);
        return _connection.Open(parse, session.Environment) switch
        {
            ConnectionOpening.Opened opened => (new ServerQuestions(opened.Client), null),
            ConnectionOpening.Refused refused => (null, refused.Trouble),
            _ => throw new InvalidOperationException(),
        };
    }
}
