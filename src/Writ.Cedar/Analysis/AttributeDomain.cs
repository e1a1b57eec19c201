using System.Collections.Immutable;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>
/// What is certain of an attribute in every request of a space. The default says nothing: it may be there or not, be any value, or be one
/// that could not be represented. What is stated here is believed by proofs, so it has to be enforced where requests are made. Immutable.
/// </summary>
public sealed record AttributeDomain
{
    /// <summary>An attribute of which nothing is known.</summary>
    public static AttributeDomain Unknown { get; } = new();

    /// <summary>An attribute that is never there.</summary>
    public static AttributeDomain Missing { get; } = new() { MayExist = false };

    /// <summary>The types that the value may have; any by default.</summary>
    public ValueTypes Types { get; init; } = ValueTypes.Any;

    /// <summary>Whether the attribute is always there. False by default.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the attribute may be there. True by default.</summary>
    public bool MayExist { get; init; } = true;

    /// <summary>Whether the value may be poison. True by default.</summary>
    public bool MayBePoison { get; init; } = true;

    /// <summary>The least value where it is an integer or, times 10,000, a decimal; inclusive, null without a bound.</summary>
    public long? Least { get; init; }

    /// <summary>The most where <see cref="Least"/> is the least; inclusive, null without a bound.</summary>
    public long? Most { get; init; }

    /// <summary>The values that it may have; empty where they are not listed. One value of a required attribute is a constant.</summary>
    public ImmutableArray<Value> OneOf { get; init; } = [];

    /// <summary>Whether a record has only the attributes that the space states.</summary>
    public bool Closed { get; init; }

    /// <summary>An attribute that is always there and has this value.</summary>
    public static AttributeDomain Constant(Value value) => new() { Required = true, MayBePoison = false, OneOf = [value] };

    /// <summary>An attribute that is always there and of this type.</summary>
    public static AttributeDomain Always(ValueTypes type) => new() { Required = true, MayBePoison = false, Types = type };

    /// <summary>An attribute that is of this type where it is there.</summary>
    public static AttributeDomain Sometimes(ValueTypes type) => new() { MayBePoison = false, Types = type };
}
