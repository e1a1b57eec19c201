using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies.Cases;

/// <summary>Makes the world that cases or requests are tried in; what is wrong comes back as the trouble a command fails with.</summary>
internal static class TrialWorlds
{
    /// <summary>The world of a bundle, and of those that hold beside it.</summary>
    public static (TrialWorld? World, Trouble? Trouble) Make(BundleArchive bundle, string folder, CaseSet set, TimeProvider time)
    {
        List<BundleArchive> archives = [];
        foreach (var other in set.Beside)
        {
            switch (BundleFolder.Read(other))
            {
                case BundleReading.Read { Archive: var archive }:
                    archives.Add(archive);
                    break;
                case BundleReading.Refused refused:
                    return (null, BundleProblems.Of(other, refused.Problems));
            }
        }

        return TrialWorld.Make([.. archives, bundle], set.Servers, time) switch
        {
            TrialWorldMaking.Made made => (made.World, null),
            TrialWorldMaking.BundleRefused refused => (null, BundleProblems.Of(refused.Bundle == bundle.Manifest.Name ? folder : refused.Bundle, refused.Problems)),
            TrialWorldMaking.ToolsRefused refused => (null, new Trouble(ExitCode.BadInput, $"{set.File}: {refused.Problem}")),
            _ => throw new InvalidOperationException(),
        };
    }
}
