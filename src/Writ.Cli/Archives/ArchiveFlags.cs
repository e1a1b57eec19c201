using System.CommandLine;
using Writ.Cli.Terminal;
using Writ.Ledger.Archiving;
using Writ.Server.Archiving;

namespace Writ.Cli.Archives;

/// <summary>Which archive a command reads.</summary>
internal sealed class ArchiveFlags
{
    private readonly Argument<string> _target = new("archive") { Description = "folder:/PATH or s3://BUCKET/PREFIX, as in archive.target." };

    private readonly Option<string?> _endpoint = new("--s3-endpoint")
    {
        Description = "For s3://: the service, where it is not Amazon's. Credentials come from the environment, as the AWS tools take them.", HelpName = "URL",
    };

    private readonly Option<string?> _region = new("--s3-region") { Description = "For s3://: the region of the bucket.", HelpName = "REGION" };

    public void AddTo(Command command)
    {
        command.Add(_target);
        command.Add(_endpoint);
        command.Add(_region);
    }

    /// <summary>The archive, or what is wrong with how it is named.</summary>
    public IArchiveTarget? Open(ParseResult parse, TimeProvider time, out Trouble? trouble)
    {
        trouble = null;
        if (ArchiveAddress.Parse(parse.GetRequiredValue(_target)) is not { } address)
        {
            trouble = new Trouble(ExitCode.BadInput, $"'{parse.GetRequiredValue(_target)}' is no archive") { Advice = "Name it folder:/PATH, with the whole path, or s3://BUCKET/PREFIX." };
            return null;
        }

        Uri? endpoint = null;
        if (parse.GetValue(_endpoint) is { } given && (endpoint = ArchiveTargets.Endpoint(given)) is null)
            trouble = new Trouble(ExitCode.BadInput, $"--s3-endpoint: '{given}' is no address of a service") { Advice = "Write https://HOST:PORT; http is for this machine only." };
        return trouble is null ? ArchiveTargets.Open(address, endpoint, parse.GetValue(_region), time) : null;
    }
}
