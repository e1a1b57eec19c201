namespace Writ.Cedar.Json;

/// <summary>How JSON is read: bounds and the source's name. Immutable.</summary>
public sealed record JsonOptions
{
    /// <summary>The options that hold when none are given.</summary>
    public static JsonOptions Default { get; } = new();

    /// <summary>The name that diagnostics give the source, such as a path; empty by default.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>The most bytes that are read; 16 MiB by default. A longer document is refused unread.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>How many objects and arrays of a value may be open at once; 100 by default, at most 500. Expressions have the bound of <see cref="Syntax.ParseOptions.HeightBound"/>.</summary>
    public int MaxValueDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 500);
            field = value;
        }
    } = 100;
}
