namespace Writ.Governance.Schemas;

/// <summary>
/// The bounds within which schemas are compiled and instances validated; all inclusive. Each setter throws
/// <see cref="ArgumentOutOfRangeException"/> below 1 and above its stated ceiling. Immutable and thread safe.
/// </summary>
public sealed record InputSchemaLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static InputSchemaLimits Default { get; } = new();

    /// <summary>The most bytes of a schema's text (UTF-8, white space included). Default 262,144, ceiling 16 MiB.</summary>
    public int MaxSchemaBytes { get; init => field = Within(value, 16 << 20); } = 262_144;

    /// <summary>How deep the objects and arrays of a schema nest. Default 32, ceiling 128.</summary>
    public int MaxSchemaDepth { get; init => field = Within(value, 128); } = 32;

    /// <summary>The most sub-schemas, the root among them. Default 2,000, ceiling 100,000.</summary>
    public int MaxSubschemas { get; init => field = Within(value, 100_000); } = 2_000;

    /// <summary>The most states all patterns of a schema unfold to, together. Default 100,000, ceiling 1,000,000.</summary>
    public int MaxPatternStates { get; init => field = Within(value, 1_000_000); } = 100_000;

    /// <summary>How deep the objects and arrays of an instance nest. Default 64, ceiling 128.</summary>
    public int MaxInstanceDepth { get; init => field = Within(value, 128); } = 64;

    /// <summary>The most values (scalars, arrays, objects) of an instance. Default 100,000, ceiling 10,000,000.</summary>
    public int MaxInstanceValues { get; init => field = Within(value, 10_000_000); } = 100_000;

    /// <summary>
    /// The most steps one validation takes: about one a keyword and value, more for long texts and numbers.
    /// Default 100,000, ceiling 100,000,000.
    /// </summary>
    public int MaxSteps { get; init => field = Within(value, 100_000_000); } = 100_000;

    private static int Within(int value, int ceiling)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ceiling);
        return value;
    }
}
