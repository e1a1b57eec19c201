using Microsoft.Extensions.Logging;
using Writ.Governance.Folds;

namespace Writ.Server.Installation;

/// <summary>Says in the server's log how the state was made that it started with.</summary>
internal static class StartLog
{
    private static readonly Action<ILogger, string, string, string, string, Exception?> RefusedMessage = LoggerMessage.Define<string, string, string, string>(
        LogLevel.Warning,
        new EventId(9004, "FoldSnapshotRefused"),
        "{Code}: the fold snapshot {Path} is not believed, so every record was folded: {Problem}. It is kept with {Suffix} at the end of its name.");

    private static readonly Action<ILogger, long, Exception?> BegunMessage = LoggerMessage.Define<long>(
        LogLevel.Information, new EventId(9005, "FoldSnapshotUsed"), "The state of {Records} records came from the fold snapshot");

    private static readonly Action<ILogger, Exception?> OtherBuildMessage = LoggerMessage.Define(
        LogLevel.Information, new EventId(9006, "FoldSnapshotOfOtherBuild"), "The fold snapshot is of another build of Writ, so every record was folded");

    private static readonly Action<ILogger, string, Exception?> HashesRefusedMessage = LoggerMessage.Define<string>(
        LogLevel.Warning,
        new EventId(9007, "SegmentHashesRefused"),
        "WRIT2130: {Path} is not believed, so the segment was read. It is kept with .refused at the end of its name.");

    /// <summary>Says which hashes of full segments were not believed.</summary>
    public static void Opened(ILogger logger, IReadOnlyList<string> refusedHashes)
    {
        foreach (var path in refusedHashes)
            HashesRefusedMessage(logger, path, null);
    }

    public static void Began(ILogger logger, FoldSnapshots folds)
    {
        switch (folds.Start)
        {
            case FoldStart.Refused refused:
                RefusedMessage(logger, refused.Code, folds.Path, refused.Message, FoldSnapshots.RefusedSuffix, null);
                break;
            case FoldStart.Begun begun:
                BegunMessage(logger, begun.Records, null);
                break;
            case FoldStart.OtherBuild:
                OtherBuildMessage(logger, null);
                break;
        }
    }
}
