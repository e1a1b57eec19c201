using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary>The flags that say what would be otherwise than it is on the server that is asked.</summary>
internal sealed class WhatIf
{
    private readonly Option<string?> _with = new("--with") { Description = "What if this folder were published, in the place of the bundle of its name.", HelpName = "FOLDER" };
    private readonly Option<string?> _user = new("--on-behalf-of") { Description = "What if this were the attested end user.", HelpName = "USER" };
    private readonly Option<string?> _purpose = new("--purpose") { Description = "What if this were the attested purpose.", HelpName = "TEXT" };
    private readonly Option<string?> _workflow = new("--workflow") { Description = "What if this were the attested workflow.", HelpName = "NAME" };
    private readonly Option<DateTimeOffset?> _time = new("--at") { Description = "What if it were this time. Default now.", HelpName = "INSTANT" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _with, _user, _purpose, _workflow, _time })
            command.Options.Add(option);
    }

    /// <summary>States it in the body of a question; what is wrong with it otherwise.</summary>
    public Trouble? AddTo(JsonObject body, ParseResult parse)
    {
        foreach (var (name, option) in new[] { ("on_behalf_of", _user), ("purpose", _purpose), ("workflow", _workflow) })
        {
            if (parse.GetValue(option) is { } value)
                body[name] = value;
        }

        if (parse.GetValue(_time) is { } time)
            body["time"] = time;
        if (parse.GetValue(_with) is not { } folder)
            return null;
        switch (BundleFolder.Read(folder))
        {
            case BundleReading.Read { Archive: var archive }:
                body["bundle"] = BundleUpload.Of(archive);
                return null;
            case BundleReading.Refused refused:
                return BundleProblems.Of(folder, refused.Problems);
            default:
                throw new InvalidOperationException();
        }
    }
}
