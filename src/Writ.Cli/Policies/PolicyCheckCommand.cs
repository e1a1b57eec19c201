using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy check</c>: reads a bundle and says everything that is wrong with it. Needs no server.</summary>
internal static class PolicyCheckCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "The bundle: bundle.json and *.cedar files." };
        var command = new Verb("check", "Check a folder of policies without a server: syntax, annotations, discharges, names, and types against the tools of its tests/*.yaml.",
            "writ policy check samples/policies/support-desk") { folder };
        session.Run(command, (parse, screen, _) => Task.FromResult(Check(screen, parse.GetRequiredValue(folder), session.Time)));
        return command;
    }

    private static ExitCode Check(Screen screen, string folder, TimeProvider time)
    {
        switch (BundleFolder.Read(folder))
        {
            case BundleReading.Refused refused:
                return screen.Fail(BundleProblems.Of(folder, refused.Problems));
            case BundleReading.Read { Archive: var archive }:
                var (beside, trouble) = PolicyLintCommand.Beside(folder, time);
                if (trouble is not null)
                    return screen.Fail(trouble);
                if ((beside is null ? BundlePublication.Problems(archive) : BundlePublication.Problems(beside, archive)) is { Count: > 0 } problems)
                    return screen.Fail(BundleProblems.Of(folder, problems) with { Exit = ExitCode.No });
                var (manifest, digest) = (archive.Manifest, archive.Digest.ToHex());
                screen.Document(new JsonObject { ["name"] = manifest.Name, ["version"] = manifest.Version, ["files"] = archive.Files.Length, ["digest"] = digest });
                screen.Line($"{InertText.Of(manifest.Name)} {InertText.Of(manifest.Version)}: {archive.Files.Length} files, nothing wrong", Look.Good);
                screen.Facts(manifest.HoldsFor is { } holder ? [("holds for", InertText.Of(holder)), ("digest", digest)] : [("digest", digest)]);
                return ExitCode.Done;
            default:
                throw new InvalidOperationException();
        }
    }
}
