namespace Writ.Governance.Decisions;

/// <summary>The words of the effect statuses.</summary>
public static class EffectStatuses
{
    public static string Word(this EffectStatus status) => status switch
    {
        EffectStatus.Executed => "executed",
        EffectStatus.Failed => "failed",
        EffectStatus.TimedOut => "timed_out",
        EffectStatus.Cancelled => "cancelled",
        EffectStatus.NotDispatched => "not_dispatched",
        EffectStatus.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Reads a word; anything else is refused.</summary>
    public static bool TryParse(string? word, out EffectStatus status)
    {
        foreach (var candidate in Enum.GetValues<EffectStatus>())
        {
            if (candidate.Word() == word)
            {
                status = candidate;
                return true;
            }
        }

        status = default;
        return false;
    }
}
