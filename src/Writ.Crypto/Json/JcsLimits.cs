namespace Writ.Crypto.Json;

/// <summary>What a text may cost before it is refused. Immutable.</summary>
public sealed record JcsLimits
{
    /// <summary>The deepest nesting that any setting allows, inclusive: reading is recursive.</summary>
    public const int DepthCeiling = 64;

    private readonly int _maxDepth = DepthCeiling;

    /// <summary>The limits used when none are given: 64 levels, 16 MiB.</summary>
    public static JcsLimits Default { get; } = new();

    /// <summary>Most nested arrays and objects, inclusive; 0 to 64, by default 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above <see cref="DepthCeiling"/>.</exception>
    public int MaxDepth
    {
        get => _maxDepth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DepthCeiling);
            _maxDepth = value;
        }
    }

    /// <summary>Most bytes of input, inclusive; by default 16 MiB. Working memory is a small multiple of the input.</summary>
    public int MaxBytes { get; init; } = 16 << 20;
}
