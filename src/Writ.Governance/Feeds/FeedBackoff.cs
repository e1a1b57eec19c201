namespace Writ.Governance.Feeds;

/// <summary>
/// How long to wait after a failure: doubled with each, up to a longest, less up to half so that many feeds do not try at once; never less than the
/// other side asked for, within that longest. Immutable.
/// </summary>
internal readonly record struct FeedBackoff(TimeSpan First, TimeSpan Longest, Func<double> Jitter)
{
    public TimeSpan After(int failures, TimeSpan? asked)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 30));
        var wait = (doubled < Longest ? doubled : Longest) * (1 - (Jitter() / 2));
        return asked > wait ? asked.Value < Longest ? asked.Value : Longest : wait;
    }
}
