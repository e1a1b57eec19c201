using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>What is settled of one place. <see cref="With"/> is null where the facts exclude each other. Immutable.</summary>
internal sealed record TermState
{
    private static readonly ImmutableDictionary<ValueTypes, (Int128 Least, Int128 Most)> Everything =
        new[] { ValueTypes.Long, ValueTypes.Decimal, ValueTypes.Datetime, ValueTypes.Duration }
            .ToImmutableDictionary(type => type, _ => ((Int128)long.MinValue, (Int128)long.MaxValue));

    public Access Access { get; private init; } = Access.All;

    public ValueTypes Types { get; private init; } = ValueTypes.Any;

    public ImmutableDictionary<ValueTypes, (Int128 Least, Int128 Most)> Bounds { get; private init; } = Everything;

    /// <summary>The values that it may have; null for any.</summary>
    public ImmutableArray<Value>? OneOf { get; private init; }

    public ImmutableList<Value> Excluded { get; private init; } = [];

    public TextFacts Text { get; private init; } = TextFacts.None;

    public ImmutableList<Value> Held { get; private init; } = [];

    public ImmutableList<Value> NotHeld { get; private init; } = [];

    public bool? IsEmpty { get; private init; }

    public bool? HasPoisonWithin { get; private init; }

    public ImmutableList<EntityUid> Containers { get; private init; } = [];

    public ImmutableList<EntityUid> NotContainers { get; private init; } = [];

    public EntityTypeName? EntityType { get; private init; }

    public ImmutableList<EntityTypeName> NotTypes { get; private init; } = [];

    public static TermState Of(AttributeDomain domain)
    {
        var access = (domain.MayExist ? Access.Readable : 0) | (domain.Required ? 0 : Access.Absent | Access.Broken) | (domain.MayBePoison ? Access.Broken : 0);
        var bounds = Everything;
        foreach (var type in new[] { ValueTypes.Long, ValueTypes.Decimal })
            bounds = bounds.SetItem(type, (domain.Least ?? long.MinValue, domain.Most ?? long.MaxValue));
        return new TermState { Access = access, Types = domain.Types, Bounds = bounds, OneOf = domain.OneOf.IsEmpty ? null : domain.OneOf };
    }

    public static TermState OfVariable(EntityTypeName? entity) => new()
    {
        Access = Access.Readable,
        Types = entity is null ? ValueTypes.Record : ValueTypes.Entity,
        EntityType = entity,
    };

    /// <summary>The state with one more fact about the place; null when that cannot be.</summary>
    public TermState? With(Fact fact, EntityStore entities)
    {
        if (fact is Fact.Standing standing)
            return (this with { Access = Access & standing.Access }).Checked(entities);
        var known = this with { Access = Access & Access.Readable };
        return (fact switch
        {
            Fact.PoisonWithin { Wanted: var wanted } => known.HasPoisonWithin == !wanted ? null : (wanted ? known.OfTypes(ValueTypes.Set | ValueTypes.Record) : known) with { HasPoisonWithin = wanted },
            Fact.Typed typed => known.OfTypes(typed.Types),
            Fact.Between between => known.OfTypes(between.Type).Within(between.Type, between.Least, between.Most),
            Fact.Is { Wanted: true } value => (known.Exactly(value.Value) with { OneOf = [.. (OneOf ?? [value.Value]).Where(value.Value.Equals)] }).Clean(),
            Fact.Is value => (known with { Excluded = Excluded.Add(value.Value) }).Clean(),
            Fact.Like like => known.OfTypes(ValueTypes.String) with { Text = Text.With(like.Pattern, like.Wanted) },
            Fact.Contains { Wanted: true } held => (known.OfTypes(ValueTypes.Set) with { Held = Held.Add(held.Value) }).Clean(),
            Fact.Contains held => (known.OfTypes(ValueTypes.Set) with { NotHeld = NotHeld.Add(held.Value) }).Clean(),
            Fact.Empty empty => IsEmpty == !empty.Wanted ? null : (known.OfTypes(ValueTypes.Set) with { IsEmpty = empty.Wanted }).Clean(),
            Fact.In { Wanted: true } within => known.OfTypes(ValueTypes.Entity) with { Containers = Containers.Add(within.Container) },
            Fact.In within => known.OfTypes(ValueTypes.Entity) with { NotContainers = NotContainers.Add(within.Container) },
            Fact.OfType { Wanted: true } type => EntityType is { } other && !other.Equals(type.Type) ? null : known.OfTypes(ValueTypes.Entity) with { EntityType = type.Type },
            Fact.OfType type => known.OfTypes(ValueTypes.Entity) with { NotTypes = NotTypes.Add(type.Type) },
            _ => throw new System.Diagnostics.UnreachableException(),
        })?.Checked(entities);
    }

    /// <summary>The state with the bounds of an ordered type narrowed.</summary>
    public TermState Within(ValueTypes type, Int128 least, Int128 most)
    {
        var now = Bounds[type];
        return this with { Bounds = Bounds.SetItem(type, (Int128.Max(now.Least, least), Int128.Min(now.Most, most))) };
    }

    /// <summary>The state narrowed to some types.</summary>
    public TermState OfTypes(ValueTypes types) => this with { Types = Types & types };

    /// <summary>The state, where something is left that it can be; what it cannot be is dropped.</summary>
    public TermState? Checked(EntityStore entities)
    {
        if (Access != Access.Readable)
            return Access == Access.None ? null : this;
        var types = Types;
        foreach (var (type, (least, most)) in Bounds)
        {
            if (least > most || (most - least < Excluded.Count && Whole(type, least, most)))
                types &= ~type;
        }

        if (Text.AreContrary)
            types &= ~ValueTypes.String;
        if (Excluded.Contains(true) && Excluded.Contains(false))
            types &= ~ValueTypes.Bool;
        if (Held.Exists(NotHeld.Contains) || (IsEmpty == true && Held.Count > 0))
            types &= ~ValueTypes.Set;
        if (HasPoisonWithin == true)
            types &= ValueTypes.Set | ValueTypes.Record;
        if ((EntityType is { } its && NotTypes.Contains(its)) || Containers.Exists(over => NotContainers.Exists(not => entities.IsIn(over, not))))
            types &= ~ValueTypes.Entity;
        if (types == ValueTypes.None)
            return null;
        var narrowed = this with { Types = types };
        if (OneOf is not { } values)
            return narrowed;
        var left = values.Where(value => narrowed.Admits(value, entities)).ToImmutableArray();
        return left.IsEmpty ? null : narrowed with { OneOf = left };
    }

    /// <summary>Whether a value meets every fact.</summary>
    public bool Admits(Value value, EntityStore entities)
    {
        if ((Scale.TypeOf(value) & Types) == 0 || Excluded.Contains(value) || (HasPoisonWithin is { } poison && value.HoldsPoison != poison))
            return false;
        return value switch
        {
            _ when Scale.Of(value) is var (type, at) => Bounds[type].Least <= at && at <= Bounds[type].Most,
            StringValue text => Text.Admit(text.Value),
            SetValue set => Held.TrueForAll(set.Contains) && !NotHeld.Exists(set.Contains) && (IsEmpty is null || IsEmpty == set.Elements.IsEmpty),
            EntityValue entity => Admits(entity.Uid, entities),
            _ => true,
        };
    }

    private bool Admits(EntityUid uid, EntityStore entities) =>
        (EntityType is null || EntityType.Equals(uid.Type)) && !NotTypes.Contains(uid.Type)
        && !NotContainers.Exists(not => entities.IsIn(uid, not))
        && (!entities.TryGet(uid, out _) || Containers.TrueForAll(over => entities.IsIn(uid, over)));

    private TermState Exactly(Value value)
    {
        var typed = OfTypes(Scale.TypeOf(value));
        return Scale.Of(value) is var (type, at) ? typed.Within(type, at, at) : typed;
    }

    private bool Whole(ValueTypes type, Int128 least, Int128 most)
    {
        for (var at = least; at <= most; at++)
        {
            if (!Excluded.Contains(Scale.Make(type, (long)at)))
                return false;
        }

        return true;
    }

    private TermState? Clean() => HasPoisonWithin == true ? null : this with { HasPoisonWithin = false };
}
