namespace Writ.Cedar.Syntax;

/// <summary>How policies are read: bounds, the source's name, ids. Immutable.</summary>
public sealed record ParseOptions
{
    /// <summary>The greatest <see cref="MaxNesting"/>. Tested not to exhaust a thread's stack of 1 MiB, unoptimized.</summary>
    public const int NestingBound = 250;

    /// <summary>The greatest height that any expression of a policy has, however it was read. Tested not to exhaust a thread's stack of 1 MiB, unoptimized.</summary>
    public const int HeightBound = 500;

    /// <summary>The options that hold when none are given.</summary>
    public static ParseOptions Default { get; } = new();

    /// <summary>The name that diagnostics give the source, such as a path; empty by default.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>The most bytes of UTF-8 that are read; 1 MiB by default. A longer source is refused unread.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>How many brackets and <c>if</c>s may be open at once; 200 by default, at most <see cref="NestingBound"/>.</summary>
    public int MaxNesting { get; init => field = Bounded(value, NestingBound); } = 200;

    /// <summary>The greatest height of an expression, which long chains of one operator reach without any bracket; 500 by default, which is also the most.</summary>
    public int MaxHeight { get; init => field = Bounded(value, HeightBound); } = HeightBound;

    /// <summary>After how many errors reading stops; 50 by default.</summary>
    public int MaxErrors { get; init; } = 50;

    /// <summary>What the ids start with that number the policies and templates of a source from 0; <c>policy</c> by default, as in Cedar.</summary>
    public string IdPrefix { get; init; } = "policy";

    /// <summary>Whether a policy with an annotation <c>@id("…")</c> takes that as its id; false by default, as in Cedar. An id that is used twice is refused.</summary>
    public bool IdFromAnnotation { get; init; }

    private static int Bounded(int value, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, bound);
        return value;
    }
}
