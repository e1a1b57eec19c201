using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary>The flags that say for whom a canary decides, and when it ends itself.</summary>
internal sealed class CanaryFlags
{
    private readonly Option<string?> _share = new("--canary") { Description = "Let it decide for a share: 10%agents, or 10%tasks.", HelpName = "SHARE" };
    private readonly Option<string[]> _band = new("--band")
    {
        Description = "With --canary: by how many percentage points the rate of an outcome may differ from that of the others before the canary is withdrawn, such as deny=5.",
        HelpName = "OUTCOME=POINTS",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _minimum = new("--minimum") { Description = "With --canary: how many decisions of either side there are before rates are compared.", HelpName = "NUMBER", DefaultValueFactory = _ => 50 };

    public void AddTo(Command command)
    {
        command.Add(_share);
        command.Add(_band);
        command.Add(_minimum);
    }

    /// <summary>The terms as <c>POST /v1/bundles/{name}/canary</c> takes them; null where none are stated, or they are wrong.</summary>
    public JsonObject? Read(ParseResult parse, out Trouble? trouble)
    {
        trouble = null;
        var bands = parse.GetValue(_band) ?? [];
        if (parse.GetValue(_share) is not { } share)
        {
            if (bands.Length > 0)
                trouble = new Trouble(ExitCode.BadInput, "--band says when a canary ends itself: name its share with --canary");
            return null;
        }

        if (share.Split('%') is not [var number, "agents" or "tasks"] parts || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) || percent is < 1 or > 99)
        {
            trouble = new Trouble(ExitCode.BadInput, $"--canary {InertText.Of(share)}: expected 1 to 99 of a hundred, such as 10%agents or 10%tasks");
            return null;
        }

        var band = new JsonObject();
        foreach (var text in bands)
        {
            if (text.Split('=') is not [var outcome, var points] || !int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || !band.TryAdd(outcome.ToUpperInvariant(), most))
            {
                trouble = new Trouble(ExitCode.BadInput, $"--band {InertText.Of(text)}: expected an outcome and percentage points, each outcome once, such as deny=5");
                return null;
            }
        }

        if (band.Count == 0)
        {
            trouble = new Trouble(ExitCode.BadInput, "--canary needs a --band, such as deny=5: without one nothing would end it");
            return null;
        }

        return new JsonObject { ["percent"] = percent, ["unit"] = parts[1], ["band"] = band, ["minimum"] = parse.GetValue(_minimum) };
    }
}
