using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Api;

/// <summary>One run of a command that talks to a server.</summary>
internal sealed record ApiCall(ParseResult Parse, Screen Screen, ApiClient Api)
{
    /// <summary>Shows an answer: to a program as the server sent it, to people by the given means; or what went wrong.</summary>
    public ExitCode Show<T>(ApiResult<T> answer, Action<T> forPeople)
    {
        switch (answer)
        {
            case ApiResult<T>.Ok ok:
                Screen.Document(ok.Document);
                if (!Screen.Json)
                    forPeople(ok.Value);
                return ExitCode.Done;
            case ApiResult<T>.Failed failed:
                return Screen.Fail(failed.Trouble);
            default:
                throw new InvalidOperationException();
        }
    }
}
